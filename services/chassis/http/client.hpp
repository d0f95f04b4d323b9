#pragma once

#include "vocabulary/result.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shanhai::http {

struct ClientRequest {
    std::string method = "GET";
    std::string url;  ///< "http://127.0.0.1:8081/internal/v1/frames?after=7"; http and https.
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::chrono::milliseconds limit{5000};  ///< For the whole exchange.
    std::size_t response_max = 64 * 1024 * 1024;
};

struct ClientResponse {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string header(std::string_view name) const;
};

/// A blocking HTTP client for threads that may block (event consumers, tools, tests). Keeps one
/// connection open and reuses it while the server allows. Not for io_context threads, and for one thread
/// at a time. Looking a name up counts towards the limit. Its limit is shorter than the time in which our
/// servers answer (ServerOptions::handler_limit), whoever asks whom: who gives up first can say why.
class Client {
public:
    Client();
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;

    /// A request with an idempotent method is sent a second time when the connection kept from an earlier
    /// exchange turns out to be dead; any other only when that is known before a byte of it is sent. https
    /// peers must have a certificate that the system trusts.
    ///
    /// Fails with Failure::unavailable when nobody answers within the limit; any status is a success.
    Result<ClientResponse> send(const ClientRequest& request);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace shanhai::http
