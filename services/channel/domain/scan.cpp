#include "channel/domain/scan.hpp"

namespace shanhai::channel {

Screen::Destination Screen::destination_at(Instant at) const {
    Destination destination;
    if (campaign.runs_at(at)) destination.product = playlist.playing_at(at);
    const auto shown = destination.product ? destination.product : playlist.nearest_to(at);
    if (!shown) return destination;
    const auto county = counties.find(*shown);
    if (county != counties.end()) destination.county = county->second;
    return destination;
}

}  // namespace shanhai::channel
