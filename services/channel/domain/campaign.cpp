#include "channel/domain/campaign.hpp"

namespace shanhai::channel {

std::string CampaignDetails::canonical() const {
    std::string text = "name=" + name;
    text.append("\norganiser=").append(organiser);
    if (district) text.append("\ndistrict_code=").append(district->text());
    text.append("\nfrom=").append(rfc3339(from)).append("\nto=").append(rfc3339(to));
    return text.append("\nprogramme_tag=").append(programme_tag) + "\n";
}

Result<Done> CampaignDetails::check() const {
    if (!in_our_time(from)) return invalid_field("/from", "a campaign begins between 2000 and 2199");
    if (!in_our_time(to)) return invalid_field("/to", "a campaign ends between 2000 and 2199");
    if (from < to) return Done{};
    return invalid_field("/to", "a campaign ends after it begins");
}

}  // namespace shanhai::channel
