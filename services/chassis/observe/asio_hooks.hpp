// What Asio calls around each handler that a loop runs (its «custom handler tracking», chosen for the whole
// build in cmake/ShanhaiDependencies.cmake): the beginning and the end of a piece of work for LoopWatch. All
// else that could be tracked is left out.
#pragma once

namespace shanhai::observe {

void begin_piece() noexcept;
void end_piece() noexcept;

}  // namespace shanhai::observe

#define BOOST_ASIO_INHERIT_TRACKED_HANDLER
#define BOOST_ASIO_ALSO_INHERIT_TRACKED_HANDLER
#define BOOST_ASIO_HANDLER_TRACKING_INIT (void)0
#define BOOST_ASIO_HANDLER_LOCATION(arguments) (void)0
#define BOOST_ASIO_HANDLER_CREATION(arguments) (void)0
#define BOOST_ASIO_HANDLER_COMPLETION(arguments) (void)0
#define BOOST_ASIO_HANDLER_INVOCATION_BEGIN(arguments) ::shanhai::observe::begin_piece()
#define BOOST_ASIO_HANDLER_INVOCATION_END ::shanhai::observe::end_piece()
#define BOOST_ASIO_HANDLER_OPERATION(arguments) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_REGISTRATION(arguments) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_DEREGISTRATION(arguments) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_READ_EVENT 0
#define BOOST_ASIO_HANDLER_REACTOR_WRITE_EVENT 0
#define BOOST_ASIO_HANDLER_REACTOR_ERROR_EVENT 0
#define BOOST_ASIO_HANDLER_REACTOR_EVENTS(arguments) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_OPERATION(arguments) (void)0
