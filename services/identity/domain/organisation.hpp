#pragma once

#include "vocabulary/codes.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/trade.hpp"

#include <optional>
#include <string>

namespace shanhai::identity {

/// What an organisation is to the platform.
enum class OrganisationKind { merchant, district_office, operator_, audit_office };

/// Whom staff work for.
struct NewOrganisation {
    std::string name;
    OrganisationKind kind{};
    std::optional<Uscc> uscc;
    std::optional<CountyCode> county;

    friend bool operator==(const NewOrganisation&, const NewOrganisation&) = default;
};

struct Organisation {
    OrganisationId id{};
    NewOrganisation facts;
    int version = 1;  ///< Grows with every correction.
};

}  // namespace shanhai::identity

template <>
struct shanhai::WireNames<shanhai::identity::OrganisationKind> {
    static constexpr std::array<std::string_view, 4> names{"MERCHANT", "DISTRICT_OFFICE", "OPERATOR",
                                                           "AUDIT_OFFICE"};
};
