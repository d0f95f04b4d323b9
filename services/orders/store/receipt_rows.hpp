#pragma once

#include "orders/domain/desk.hpp"
#include "orders/store/sql.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace shanhai::orders {

struct NewReceipt {
    std::uint64_t id = 0;
    LotId lot{};
    std::int64_t quantity = 0;
    std::string note;
    std::optional<std::string> reference{};  ///< Nothing: it is called by its own number.
};
void insert_receipts(database::Session& session, const std::vector<NewReceipt>& receipts, Instant at);
/// What a receipt said; nothing when there is none.
std::optional<Received> load_receipt(database::Session& session, std::uint64_t id);
/// Receipts that are called so, by what they are called and their lots.
std::map<std::pair<std::string, LotId>, ReceiptLine> receipts_called(database::Session& session,
                                                                     const std::set<std::string>& references);
/// At most `count` receipts with ids above `after` that came at `from` or later.
std::vector<ReceiptRecord> list_receipts(database::Session& session, std::optional<Instant> from,
                                         std::uint64_t after, std::size_t count);
/// Receipts and confirmed corrections of locked lots so far.
std::map<LotId, std::int64_t> received_of(database::Session& session, const std::vector<LotId>& lots);

std::optional<Correction> load_correction(database::Session& session, std::uint64_t id, Locking locking);
void insert_correction(database::Session& session, const Correction& correction);
void write_confirmed(database::Session& session, std::uint64_t id, std::uint64_t by, Instant at);

}  // namespace shanhai::orders
