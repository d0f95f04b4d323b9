#pragma once

#include "chassis/http/response_writer.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <string>
#include <string_view>

namespace shanhai::http {

/// What a connection has still to send: answers in the order of their requests. A large body is sent from
/// where it is, and then nothing may follow it.
class Outgoing {
public:
    /// Adds a response, its head and body.
    void add(Response&& response, const ResponseFrame& frame);
    /// Adds bytes that are no response.
    void add(std::string_view bytes) { bytes_.append(bytes); }

    bool empty() const { return size() == 0; }
    /// Whether it has to be sent before more is added.
    bool full() const { return large_.status != 0 || bytes_.size() >= full_from; }
    std::array<boost::asio::const_buffer, 2> unsent() const;
    /// Sends as far as the socket takes it without waiting. True when all is sent, and cleared; false when
    /// the socket is full, or broken: the next write will find out which.
    bool send_now(int socket);
    /// Everything is sent, or never will be.
    void clear();

    /// Whether it keeps more memory than a connection that rests should.
    bool large() const { return bytes_.capacity() > kept_max; }
    /// Gives its memory back; only when it is empty.
    void release() { std::string{}.swap(bytes_); }
    std::size_t memory() const { return bytes_.capacity() + large_.body.capacity(); }

private:
    static constexpr std::size_t copied_max = 16 * 1024;  // Smaller bodies are cheaper copied than gathered.
    static constexpr std::size_t kept_max = 32 * 1024;
    static constexpr std::size_t full_from = 64 * 1024;  // Answers to pipelined requests.

    static Response none();
    std::size_t size() const { return bytes_.size() + large_.content().size() - sent_; }

    std::string bytes_;        // Heads and small bodies, in order.
    Response large_ = none();  // The last response, when its body is sent from where it is; status 0: none.
    std::size_t sent_ = 0;
};

}  // namespace shanhai::http
