#include "audit/application/opening.hpp"

#include "audit/store/count_store.hpp"
#include "audit/store/ledger_store.hpp"

#include <stdexcept>

namespace shanhai::audit {

NoteSigner ledger_signer(const config::Settings& settings, const security::Secrets& secrets) {
    auto key = security::Ed25519Key::from_pem(secrets.read("ledger_private"));
    if (!key) throw std::runtime_error{"audit: the secret ledger_private is not an Ed25519 key in PEM"};
    return {settings.ledger_origin, std::move(*key)};
}

Result<Done> open_ledger(database::Pool& pool, const NoteSigner& signer) {
    const auto signed_once = pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        ensure_head(session, signer);
        return Done{};
    });
    if (!signed_once) return signed_once;
    // Days of sales are caught up with by the sequencer, which says so while it cannot: an altered entry must
    // not keep the platform from its start.
    return catch_up_counts(pool);
}

database::PoolOptions snapshots(database::PoolOptions options) {
    options.snapshot = true;
    return options;
}

}  // namespace shanhai::audit
