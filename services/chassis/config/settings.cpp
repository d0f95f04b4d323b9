#include "chassis/config/settings.hpp"

namespace shanhai::config {

std::string Settings::feed_url(const std::string& service) const {
    for (const auto& peer : peers) {
        if (peer.starts_with(service + "=")) return peer.substr(service.size() + 1);
    }
    return internal_url;
}

}  // namespace shanhai::config
