#include "channel/domain/campaign.hpp"

namespace shanhai::channel {

Result<Done> CampaignDetails::check() const {
    if (!in_our_time(from)) return invalid_field("/from", "a campaign begins between 2000 and 2199");
    if (!in_our_time(to)) return invalid_field("/to", "a campaign ends between 2000 and 2199");
    if (from < to) return Done{};
    return invalid_field("/to", "a campaign ends after it begins");
}

}  // namespace shanhai::channel
