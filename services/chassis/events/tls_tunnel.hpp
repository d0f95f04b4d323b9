#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace shanhai::events {

/// TLS for a client library that only knows sockets (hiredis 0.14): what is written into one end of a socket
/// pair leaves this machine encrypted, and back. When either side ends, the other one is closed.
class TlsTunnel {
public:
    /// Takes over `server`, a connected TCP socket, and shakes hands (TLS 1.2 or later). The peer must prove
    /// by a certificate that `ca_file` (PEM) vouches for that it is `name`, a DNS name or an address. Throws
    /// boost::system::system_error that says what was wrong, or that the limit passed.
    TlsTunnel(int server, const std::string& name, const std::string& ca_file,
              std::chrono::milliseconds limit);
    ~TlsTunnel();  ///< Ends its thread and closes the connection.
    TlsTunnel(const TlsTunnel&) = delete;
    TlsTunnel& operator=(const TlsTunnel&) = delete;

    /// The end to talk to, a blocking socket; whoever takes it closes it. Once.
    int take_near_end();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace shanhai::events
