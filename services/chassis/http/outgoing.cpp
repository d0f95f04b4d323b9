#include "chassis/http/outgoing.hpp"

#include <sys/socket.h>
#include <sys/uio.h>
#include <algorithm>
#include <cerrno>
#include <utility>

namespace shanhai::http {

void Outgoing::add(Response&& response, const ResponseFrame& frame) {
    write_head(bytes_, response, frame);
    const bool has_body = !frame.head_only && response.status != 204 && response.status != 304;
    if (!has_body || response.content().empty()) return;
    if (response.content().size() <= copied_max) {
        bytes_.append(response.content());
    } else {
        large_ = std::move(response);
    }
}

std::array<boost::asio::const_buffer, 2> Outgoing::unsent() const {
    const auto part = [](std::string_view text, std::size_t skip) {
        skip = std::min(skip, text.size());
        return boost::asio::const_buffer{text.data() + skip, text.size() - skip};
    };
    const auto of_large = sent_ > bytes_.size() ? sent_ - bytes_.size() : 0;
    return {part(bytes_, sent_), part(large_.content(), of_large)};
}

bool Outgoing::send_now(int socket) {
    constexpr int flags = MSG_NOSIGNAL | MSG_DONTWAIT;
    const auto send = [&] {
        if (large_.status == 0) return ::send(socket, bytes_.data() + sent_, bytes_.size() - sent_, flags);
        std::array<iovec, 2> parts{};
        std::ranges::transform(unsent(), parts.begin(), [](const auto& part) {
            return iovec{const_cast<void*>(part.data()), part.size()};
        });
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        return ::sendmsg(socket, &message, flags);
    };
    while (!empty()) {
        const auto sent = send();
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return false;
        sent_ += static_cast<std::size_t>(sent);
    }
    clear();
    return true;
}

void Outgoing::clear() {
    sent_ = 0;
    bytes_.clear();
    if (large_.status == 0) return;
    std::string{}.swap(large_.body);  // Assigning an empty text would keep its memory.
    large_ = none();
}

Response Outgoing::none() {
    Response response;
    response.status = 0;
    return response;
}

}  // namespace shanhai::http
