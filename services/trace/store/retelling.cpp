#include "trace/store/known_facts.hpp"
#include "trace/store/mysql_registry.hpp"
#include "trace/store/rows.hpp"

namespace shanhai::trace {
namespace {

using database::Session;

/// 2: how many packs, and no later expiry than the goods keep.
constexpr int facts_version = 2;

std::vector<SkuId> known_skus(Session& session) {
    std::vector<SkuId> skus;
    auto rows = session.query("SELECT sku_id FROM known_sku ORDER BY sku_id");
    while (rows.next()) skus.push_back(rows.id<SkuId>(0));
    return skus;
}

std::vector<Lot> all_lots(Session& session) {
    std::vector<Lot> lots;
    auto rows = session.query("SELECT " + std::string{lot_columns} + " FROM lot ORDER BY lot_id");
    while (rows.next()) lots.push_back(lot_of(rows));
    return lots;
}

}  // namespace

Result<Done> MysqlRegistry::tell_again_after_an_upgrade() {
    const auto told = pool_.transact_blocking([this](Session& session) -> Result<Done> {
        {
            auto rows = session.query("SELECT version FROM told WHERE one = 1 FOR UPDATE");
            if (!rows.next() || rows.integer(0) >= facts_version) return Done{};
        }
        for (const auto id : known_skus(session)) {
            // All lots are told below, whether this changes them or not.
            if (const auto sku = find_sku(session, id)) complete_expiry(session, *sku);
        }
        session.execute("UPDATE told SET version = ? WHERE one = 1", facts_version);
        // Before the lots are read: whoever blocks one meanwhile tells so after us.
        database::touch_everything(session);
        announce_(session, all_lots(session));
        return Done{};
    });
    if (told) committed_();
    return told;
}

}  // namespace shanhai::trace
