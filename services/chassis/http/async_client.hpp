#pragma once

#include "chassis/http/client.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>

namespace shanhai::http {

/// What Client does, for coroutines on a loop with one thread: one exchange at a time, one kept connection.
/// Must outlive the exchange, or be destroyed when its loop runs no more.
class AsyncClient {
public:
    explicit AsyncClient(boost::asio::io_context& io);
    ~AsyncClient();
    AsyncClient(const AsyncClient&) = delete;
    AsyncClient& operator=(const AsyncClient&) = delete;

    /// As Client::send.
    boost::asio::awaitable<Result<ClientResponse>> send(ClientRequest request);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace shanhai::http
