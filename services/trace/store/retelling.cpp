#include "trace/store/known_facts.hpp"
#include "trace/store/mysql_registry.hpp"
#include "trace/store/rows.hpp"

namespace shanhai::trace {
namespace {

using database::Session;

/// Of lots, 2: how many packs, and no later expiry than the goods keep.
constexpr int lots_version = 2;
/// Of all there is, 3: bases.
constexpr int facts_version = 3;

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

std::vector<Base> all_bases(Session& session) {
    std::vector<Base> bases;
    auto rows = session.query("SELECT " + std::string{base_columns} + " FROM base ORDER BY base_id");
    while (rows.next()) bases.push_back(base_of(rows));
    return bases;
}

/// Which version of its facts was told last; nothing when all were told as they are now.
std::optional<std::int64_t> told_before(Session& session) {
    auto rows = session.query("SELECT version FROM told WHERE one = 1 FOR UPDATE");
    if (!rows.next() || rows.integer(0) >= facts_version) return std::nullopt;
    return rows.integer(0);
}

}  // namespace

Result<Done> MysqlRegistry::tell_again_after_an_upgrade() {
    const auto told = pool_.transact_blocking([this](Session& session) -> Result<Done> {
        const auto before = told_before(session);
        if (!before) return Done{};
        const bool lots_too = *before < lots_version;
        for (const auto id : lots_too ? known_skus(session) : std::vector<SkuId>{}) {
            // All lots are told below, whether this changes them or not.
            if (const auto sku = find_sku(session, id)) complete_expiry(session, *sku);
        }
        session.execute("UPDATE told SET version = ? WHERE one = 1", facts_version);
        // Before they are read: whoever blocks a lot or confirms a base meanwhile tells so after us.
        database::touch_everything(session);
        announce_.bases(session, all_bases(session));
        if (lots_too) announce_.lots(session, all_lots(session));
        return Done{};
    });
    if (told) committed_();
    return told;
}

}  // namespace shanhai::trace
