#pragma once

#include "chassis/config/settings.hpp"
#include "chassis/http/message.hpp"
#include "chassis/security/secrets.hpp"
#include "vocabulary/result.hpp"

#include <string>
#include <string_view>

namespace shanhai::audit {

/// Who may read whole entries. An entry names no person, but all entries together tell a rival or a
/// neighbour much; so they are for those who audit.
class LedgerAccess {
public:
    /// `verifier_key` is a secret that an operator hands to independent verifiers; `order_key` is the secret
    /// from which `orders` makes the keys of its orders. With `public_entries` everybody may read entries.
    LedgerAccess(std::string verifier_key, std::string order_key, bool public_entries)
        : verifier_key_{std::move(verifier_key)},
          order_key_{std::move(order_key)},
          public_entries_{public_entries} {}

    static LedgerAccess of(const config::Settings& settings, const security::Secrets& secrets);

    /// By the header Shanhai-Verifier-Key, or as the auditor whom the gate has let in. Fails with 401.
    Result<Done> may_read_entries(const http::Request& request) const;

    /// By the key of this very order (header Order-Access-Token), or as the staff whom the gate has let in.
    /// Its number alone is no credential: fails with 404 `order-unknown`, as if there were no such order.
    Result<Done> may_read_order(const http::Request& request, std::string_view order_number) const;

    bool public_entries() const { return public_entries_; }

private:
    std::string verifier_key_;
    std::string order_key_;
    bool public_entries_;
};

}  // namespace shanhai::audit
