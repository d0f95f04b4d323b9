#pragma once

#include "orders/domain/desk.hpp"
#include "orders/store/sql.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::orders {

struct NewReceipt {
    std::uint64_t id = 0;
    LotId lot{};
    std::int64_t quantity = 0;
    std::string note;
};
void insert_receipts(database::Session& session, const std::vector<NewReceipt>& receipts, Instant at);
/// What a receipt said; nothing when there is none.
std::optional<Received> load_receipt(database::Session& session, std::uint64_t id);
/// Receipts and confirmed corrections of locked lots so far.
std::map<LotId, std::int64_t> received_of(database::Session& session, const std::vector<LotId>& lots);

std::optional<Correction> load_correction(database::Session& session, std::uint64_t id, Locking locking);
void insert_correction(database::Session& session, const Correction& correction);
void write_confirmed(database::Session& session, std::uint64_t id, std::uint64_t by, Instant at);

}  // namespace shanhai::orders
