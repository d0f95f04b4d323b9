#include "channel/events/placement_events.hpp"

#include "chassis/events/frame.hpp"
#include "shanhai/event/v1/channel.pb.h"

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
    fact.set_valid_from_us(unix_microseconds(campaign.details.from));
    fact.set_valid_to_us(unix_microseconds(campaign.details.to));
    events::publish(session, {events::Event::of(fact)});
}

}  // namespace shanhai::channel
