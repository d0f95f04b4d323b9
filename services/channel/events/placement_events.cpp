#include "channel/events/placement_events.hpp"

#include "chassis/events/bounds.hpp"
#include "shanhai/event/v1/channel.pb.h"

#include <algorithm>
#include <string>
#include <vector>

namespace shanhai::channel {

void announce(database::Session& session, const Placement& placement, const Campaign& campaign) {
    event::v1::PlacementRegistered fact;
    fact.set_placement_id(number(placement.id));
    fact.set_name(placement.details.name);
    fact.set_channel(std::string{wire_name(placement.details.channel)});
    fact.set_campaign_id(number(campaign.id));
    fact.set_campaign(campaign.details.name);
    if (campaign.details.district) {
        fact.set_district_code(std::string{campaign.details.district->text()});
    }
    // A campaign from before its moments were checked is told within the bounds that others can keep.
    const auto bounded = [](Instant at) {
        const Instant first{Date{std::chrono::year{2000} / 1 / 1}};
        const Instant last{Date{std::chrono::year{2200} / 1 / 1}};
        return unix_microseconds(std::clamp(at, first, last));
    };
    fact.set_valid_from_us(bounded(campaign.details.from));
    fact.set_valid_to_us(bounded(campaign.details.to));
    events::publish(session, {events::bounded(fact)});
}

}  // namespace shanhai::channel
