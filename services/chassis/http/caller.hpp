#pragma once

#include "chassis/http/address.hpp"
#include "chassis/http/response_writer.hpp"

#include <array>
#include <boost/asio/ip/address.hpp>
#include <string>
#include <string_view>

namespace shanhai::http {

/// Who sends the requests of one connection: its peer, or whom a trusted proxy names; and under which id the
/// current one is traced.
class Caller {
public:
    Caller(const boost::asio::ip::address& peer, const Networks& proxies);

    bool is_proxy() const { return is_proxy_; }
    /// Fills in what the bytes of the request alone do not say. Its views live until the next call.
    void name(Request& request, const Networks& proxies, TraceIds& ids);
    /// A new id, for a request that could not be read.
    void trace(TraceIds& ids) { keep(ids.trace_id()); }
    std::string_view trace_id() const { return {trace_id_.data(), trace_id_.size()}; }

private:
    void keep(std::string_view trace_id);

    boost::asio::ip::address peer_;
    std::string peer_text_;
    std::uint64_t peer_network_;
    bool is_proxy_;
    std::string client_text_;  // When a proxy names another.
    std::array<char, 32> trace_id_{};
};

}  // namespace shanhai::http
