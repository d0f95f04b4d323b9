#pragma once

#include "audit/domain/signed_note.hpp"
#include "chassis/config/settings.hpp"
#include "chassis/database/pool.hpp"
#include "chassis/security/secrets.hpp"

namespace shanhai::audit {

/// Signs for this installation's ledger. Throws std::runtime_error when the secret ledger_private is no key.
NoteSigner ledger_signer(const config::Settings& settings, const security::Secrets& secrets);

/// What must be before anybody reads or appends: the head of the ledger, signed, and the counts of what was
/// appended before there were counts.
Result<Done> open_ledger(database::Pool& pool, const NoteSigner& signer);

/// For a pool each of whose answers is read at one moment.
database::PoolOptions snapshots(database::PoolOptions options);

}  // namespace shanhai::audit
