#include "channel/domain/campaign.hpp"

namespace shanhai::channel {

Result<Done> CampaignDetails::check() const {
    if (from < to) return Done{};
    return invalid_field("/to", "a campaign ends after it begins");
}

}  // namespace shanhai::channel
