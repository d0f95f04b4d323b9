#pragma once

#include "catalog/domain/merchant.hpp"

#include <array>
#include <optional>
#include <string>

namespace shanhai::catalog {

/// A house that identity let in on its papers: the catalog is to register it as a merchant.
struct VerifiedMerchant {
    OrganisationId organisation{};
    std::string name;
    MerchantKind kind = MerchantKind::cooperative;
    CountyCode county;
    Uscc uscc;
    std::optional<FoodLicence> food_licence;
    std::string area_note;
    Licences licences;
    AccountId verified_by{};  ///< Whose word was the last.

    /// The merchant that it becomes when there is none yet.
    Merchant as_new() const;
    /// What becomes of one that is registered: it belongs to the house, and has its papers.
    Merchant as_owner_of(Merchant known) const;
};

/// Why a house that was verified has no merchant yet. An operator can do something about each.
enum class Hindrance {
    county_unknown,  ///< Its county is not registered.
    code_taken,      ///< Another house's merchant has its credit code.
    name_taken,      ///< Another merchant has its name.
    papers_differ,   ///< Its papers do not fit the merchant that is registered with its code.
};

/// What to do with a house that was verified.
struct Course {
    std::optional<Hindrance> hindrance;
    std::optional<MerchantId>
        known;  ///< It is this one, which somebody registered by hand; nothing: a new one.

    friend bool operator==(const Course&, const Course&) = default;
};

/// `by_code` and `by_name` are the merchants with its credit code and name, or null. One of its code that
/// belongs to the house, or to nobody (the operator kept it for them), is it; one of its name alone only when
/// it belongs to the house.
Course course_of(const VerifiedMerchant& verified, bool county_known, const Merchant* by_code,
                 const Merchant* by_name);

/// What became of it so far.
struct Registration {
    OrganisationId id{};  ///< The house.
    std::string name;
    Uscc uscc;
    CountyCode county;
    std::optional<MerchantId> merchant;
    std::optional<Hindrance> hindrance;
};

}  // namespace shanhai::catalog

namespace shanhai {
template <>
struct WireNames<catalog::Hindrance> {
    static constexpr std::array<std::string_view, 4> names{"COUNTY_UNKNOWN", "CODE_TAKEN", "NAME_TAKEN",
                                                           "PAPERS_DIFFER"};
};
}  // namespace shanhai
