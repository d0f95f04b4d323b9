#pragma once

#include "catalog/domain/licences.hpp"
#include "catalog/domain/service_phone.hpp"
#include "vocabulary/codes.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/licence.hpp"
#include "vocabulary/trade.hpp"

#include <optional>
#include <string>

namespace shanhai::catalog {

/// Who writes: an account of the staff, and the organisation to whose merchants it is limited (0: none, an
/// operator's account may write for every merchant).
struct Author {
    AccountId account{};
    OrganisationId organisation{};
    bool own_only = false;  ///< Has the role merchant only.
};

/// Somebody who sells: a producer in an assisted county, or a distributor anywhere.
struct Merchant {
    MerchantId id{};
    std::string name;
    MerchantKind kind = MerchantKind::cooperative;
    CountyCode county;  ///< Where it is registered.
    std::optional<Uscc> uscc;
    std::optional<FoodLicence> food_licence;
    OrganisationId organisation{};  ///< Whose accounts may write for it; 0: the operator's only.
    bool self_operated = false;     ///< 自营: must be marked (电子商务法, article 37).
    bool sample = false;            ///< Invented, for demonstration.
    bool active = true;
    std::string area_note;  ///< Why a prefecture's code stands for the county's; written by the operator.
    int version = 1;        ///< Grows with every correction.
    Licences licences{};    ///< As somebody last looked at them.
    bool lapsed = false;    ///< Nobody looked again in time.
    std::optional<ServicePhone> service_phone{};  ///< For its customers, for everybody to see.

    /// What it offers may be bought: nobody stopped it, and its papers were looked at in time.
    bool may_sell() const { return active && !lapsed; }

    /// A producer's codes must name its county: the credit code's digits 3 to 8 and the licence's 4 to 9. Its
    /// prefecture's code will do with a note; one of Shanghai never (422 `area-mismatch`).
    std::optional<Error> fault() const;

    /// The same text for the same facts: one line a member.
    std::string canonical() const;

    bool producer() const { return kind != MerchantKind::distributor; }
    /// A producer offers what its own county yields; a distributor what any county does.
    std::optional<Error> fault_of_offering(const CountyCode& origin) const;
    /// Whether this author may write for this merchant (403 `not-your-merchant`).
    std::optional<Error> fault_of_writing(const Author& author) const;

    friend bool operator==(const Merchant&, const Merchant&) = default;
};

}  // namespace shanhai::catalog
