#include "chassis/http/client.hpp"

#include "chassis/http/async_client.hpp"
#include "chassis/http/message.hpp"

#include <boost/asio/co_spawn.hpp>
#include <optional>

namespace asio = boost::asio;

namespace shanhai::http {

std::string ClientResponse::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (equal_without_case(key, name)) return value;
    }
    return {};
}

class Client::Impl {
public:
    Result<ClientResponse> send(const ClientRequest& request) {
        std::optional<Result<ClientResponse>> answer;
        io_.restart();
        asio::co_spawn(io_, exchange(request, answer), [](std::exception_ptr thrown) {
            if (thrown) std::rethrow_exception(thrown);
        });
        io_.run();
        return std::move(answer).value();
    }

private:
    /// Lives only inside send(), so that references to send()'s own are safe.
    asio::awaitable<void> exchange(const ClientRequest& request,
                                   std::optional<Result<ClientResponse>>& answer) {
        answer = co_await client_.send(request);
    }

    asio::io_context io_{1};
    AsyncClient client_{io_};
};

Client::Client() : impl_{std::make_unique<Impl>()} {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

Result<ClientResponse> Client::send(const ClientRequest& request) { return impl_->send(request); }

}  // namespace shanhai::http
