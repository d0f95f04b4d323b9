#pragma once

#include "vocabulary/codes.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/money.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace shanhai::trace {

// What the catalog told us, as far as lots need it. The catalog owns these facts; we only keep the last word.

struct KnownCounty {
    CountyCode code;
    std::string name;
};

struct KnownMerchant {
    MerchantId id{};
    std::string name;
    OrganisationId organisation{};  ///< Whose accounts may act for it; 0: the operator's only.
    bool active = true;
};

struct KnownSku {
    SkuId id{};
    ProductId product{};
    MerchantId merchant{};
    std::string product_name;
    CountyCode county;  ///< The origin the product claims; its lots come from bases of that county.
    Gram net_content;
    bool food = true;  ///< 食品安全法 34, 67: then every lot has an expiry. What nobody said counts as food.
    std::optional<std::int64_t> shelf_life_days;  ///< Nothing: none, or the catalog has not said.
    bool never_listed = false;                    ///< Only its own house and those who oversee know of it.
};

/// Who asks for a change: staff of the operator may act for every merchant, a merchant's staff only
/// for merchants of their own organisation.
class Writer {
public:
    static Writer operator_staff(AccountId account = {}) { return Writer{account, true, {}}; }
    static Writer merchant_staff(OrganisationId organisation, AccountId account = {}) {
        return Writer{account, false, organisation};
    }

    AccountId account() const { return account_; }
    OrganisationId organisation() const { return organisation_; }

    bool may_act_for_all() const { return any_merchant_; }
    bool may_act_for(const KnownMerchant& merchant) const {
        const bool own = merchant.organisation != OrganisationId{} && merchant.organisation == organisation_;
        return any_merchant_ || own;
    }

private:
    Writer(AccountId account, bool any_merchant, OrganisationId organisation)
        : account_{account}, any_merchant_{any_merchant}, organisation_{organisation} {}

    AccountId account_;
    bool any_merchant_;
    OrganisationId organisation_;
};

}  // namespace shanhai::trace
