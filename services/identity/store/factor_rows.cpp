#include "identity/store/factor_rows.hpp"

#include "chassis/security/crypto.hpp"

#include <stdexcept>

namespace shanhai::identity {
namespace {

using database::Literal;
using database::Session;

bool take_recovery_code(Session& session, AccountId id, const std::string& code, Instant at) {
    const auto hash = Literal::bytes(security::sha256(code));
    return session.execute(
               "UPDATE recovery_code SET used_at = ? WHERE account_id = ? AND code_hash = ? AND used_at IS "
               "NULL",
               at, id, hash) == 1;
}

}  // namespace

std::optional<StoredFactor> hold_factor(Session& session, AccountId id) {
    auto rows = session.query(
        "SELECT wrapped_key, sealed, confirmed_at IS NOT NULL, last_step FROM second_factor "
        "WHERE account_id = ? FOR UPDATE",
        id);
    if (!rows.next()) return std::nullopt;
    return StoredFactor{{rows.text(0), rows.text(1)}, rows.integer(2) != 0, rows.integer(3)};
}

void write_factor(Session& session, AccountId id, const security::Envelope& envelope,
                  const std::vector<std::string>& code_hashes, Instant at) {
    remove_factor(session, id);
    session.execute(
        "INSERT INTO second_factor (account_id, wrapped_key, sealed, enrolled_at) VALUES (?, ?, ?, ?)", id,
        Literal::bytes(envelope.wrapped_key), Literal::bytes(envelope.sealed), at);
    database::Insert codes{"INSERT INTO recovery_code (account_id, code_hash) VALUES"};
    for (const auto& hash : code_hashes) codes.row(id, Literal::bytes(hash));
    codes.run(session);
}

void confirm_factor(Session& session, AccountId id, std::int64_t step, Instant at) {
    session.execute("UPDATE second_factor SET confirmed_at = ?, last_step = ? WHERE account_id = ?", at, step,
                    id);
}

void remove_factor(Session& session, AccountId id) {
    session.execute("DELETE FROM recovery_code WHERE account_id = ?", id);
    session.execute("DELETE FROM second_factor WHERE account_id = ?", id);
}

void write_factor_required(Session& session, AccountId id, bool required) {
    session.execute("UPDATE account SET factor_required = ? WHERE account_id = ?", required ? 1 : 0, id);
}

bool take_code(Session& session, const FactorVault& vault, AccountId id, const TypedCode& code, Instant at) {
    const auto factor = hold_factor(session, id);
    if (!factor || !factor->confirmed) return false;
    if (!code.digits) return take_recovery_code(session, id, code.text, at);
    const auto secret = vault.open(id, factor->envelope);
    if (!secret) throw std::runtime_error{"the secret of a second factor cannot be opened"};
    const auto step = step_of(*secret, code.text, at, factor->last_step);
    if (step) session.execute("UPDATE second_factor SET last_step = ? WHERE account_id = ?", *step, id);
    return step.has_value();
}

}  // namespace shanhai::identity
