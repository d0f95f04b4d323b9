#pragma once

#include "audit/domain/signed_note.hpp"
#include "chassis/database/migrations.hpp"
#include "chassis/service/service.hpp"

#include <memory>

namespace shanhai::audit {

/// The numbered files of store/schema.
database::Schema schema();

/// Signs for this installation's ledger. Throws std::runtime_error when the secret ledger_private is no key.
NoteSigner ledger_signer(const config::Settings& settings, const security::Secrets& secrets);

/// Builds the service on `host`; see chassis::Service.
std::unique_ptr<chassis::Service> make_service(chassis::Host& host);

}  // namespace shanhai::audit
