#include "chassis/http/caller.hpp"

#include <algorithm>

namespace shanhai::http {

Caller::Caller(const boost::asio::ip::address& peer, const Networks& proxies)
    : peer_{peer},
      peer_text_{peer.to_string()},
      peer_network_{network_of(peer)},
      is_proxy_{proxies.contains(peer)} {}

void Caller::name(Request& request, const Networks& proxies, TraceIds& ids) {
    std::string_view traceparent;
    for (const auto& [name, value] : request.headers) {
        if (equal_without_case(name, "traceparent")) traceparent = value;
    }
    const auto trace_id = trace_id_of(traceparent);
    keep(trace_id.empty() ? ids.trace_id() : trace_id);
    request.trace_id = this->trace_id();
    request.remote_address = peer_text_;
    request.remote_network = peer_network_;
    if (!is_proxy_) return;
    const auto client = client_of(peer_, request, proxies);
    client_text_ = client.to_string();
    request.remote_network = network_of(client);
    request.remote_address = client_text_;
}

/// Other requests make ids while this one waits.
void Caller::keep(std::string_view trace_id) { std::ranges::copy(trace_id, trace_id_.begin()); }

}  // namespace shanhai::http
