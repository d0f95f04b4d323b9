#pragma once

#include "vocabulary/codes.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/time.hpp"

#include <optional>
#include <string>

namespace shanhai::channel {

/// What is registered about a campaign (活动): who shows what to the public, where and for how long. A
/// campaign of the whole city belongs to no district.
struct CampaignDetails {
    std::string name;
    std::string organiser;
    std::optional<CountyCode> district;
    Instant from{};  ///< Half-open [from, to).
    Instant to{};
    std::string programme_tag;  ///< "丽品入沪"; empty when there is none.

    /// Fails with Failure::invalid unless it ends after it begins, and both are moments of our trade.
    Result<Done> check() const;
    /// The same text for the same details: one line a member.
    std::string canonical() const;
    bool runs_at(Instant at) const { return from <= at && at < to; }

    friend bool operator==(const CampaignDetails&, const CampaignDetails&) = default;
};

struct Campaign {
    CampaignId id{};
    CampaignDetails details;
};

}  // namespace shanhai::channel
