#include "orders/store/request_keys.hpp"

#include "orders/store/sql.hpp"

namespace shanhai::orders {

using database::Literal;

Error key_reused() {
    return {Failure::invalid, "idempotency-key-reused", "this Idempotency-Key was used for another request"};
}

std::unordered_map<std::string, UsedKey> used_keys(database::Session& session,
                                                   const std::vector<std::string>& hashes) {
    std::unordered_map<std::string, UsedKey> used;
    if (hashes.empty()) return used;
    auto rows =
        session.ask("SELECT request_hash, fingerprint, subject_id FROM idempotency WHERE request_hash IN " +
                    in_list(hashes, [](const std::string& hash) { return Literal::bytes(hash); }));
    while (rows.next()) used.emplace(rows.text(0), UsedKey{rows.text(1), rows.natural(2)});
    return used;
}

std::optional<UsedKey> used_key(database::Session& session, const std::string& hash) {
    const auto used = used_keys(session, {hash});
    const auto found = used.find(hash);
    return found == used.end() ? std::nullopt : std::optional{found->second};
}

void store_keys(database::Session& session, const std::vector<NewKey>& keys) {
    database::Insert insert{
        "INSERT INTO idempotency (request_hash, fingerprint, subject_id, expires_at) VALUES"};
    for (const auto& [key, subject, expires] : keys) {
        insert.row(Literal::bytes(key->hash), Literal::bytes(key->fingerprint), subject, expires);
    }
    try {
        insert.run(session);
    } catch (const database::SqlError& error) {
        if (error.duplicate()) throw KeyInFlight{};
        throw;
    }
}

}  // namespace shanhai::orders
