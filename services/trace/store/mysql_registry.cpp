#include "trace/store/mysql_registry.hpp"

#include "chassis/database/lines.hpp"
#include "chassis/database/unique.hpp"
#include "trace/store/changes.hpp"
#include "trace/store/known_facts.hpp"
#include "trace/store/lot_intake.hpp"
#include "trace/store/refusals.hpp"
#include "trace/store/rows.hpp"

#include <array>
#include <string>
#include <utility>

namespace shanhai::trace {
namespace {

using database::Session;

std::string select_base(std::string_view condition) {
    return "SELECT " + std::string{base_columns} + " FROM base WHERE " + std::string{condition};
}
/// As a reader may know it; his are the first two parameters.
std::string select_base_seen(std::string_view condition) {
    return "SELECT " + std::string{base_columns} + ", " + std::string{base_is_known_exactly} +
           " FROM base WHERE " + std::string{condition};
}
std::string select_lot(std::string_view condition) {
    return "SELECT " + std::string{lot_columns} + " FROM lot WHERE " + std::string{condition};
}

std::optional<Base> find_base_by_name(Session& session, MerchantId merchant, const std::string& name) {
    auto rows = session.query(select_base("merchant_id = ? AND name = ?"), merchant, name);
    if (!rows.next()) return std::nullopt;
    return base_of(rows);
}

std::optional<BaseId> insert_base(Session& session, const BaseDetails& details, AccountId by) {
    return database::insert_unique<BaseId>(
        session,
        "INSERT INTO base (merchant_id, county_code, name, village, product_words, mu_x100, yield_kg_per_mu, "
        "harvest_months, latitude_e5, longitude_e5, registered_by, registered_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        details.merchant, details.county.text(), details.name, details.village,
        database::lines_of(details.product_words), details.area.count(), details.yield_kg_per_mu,
        details.harvest_months.bits(), latitude_of(details), longitude_of(details), by, session.now());
}

}  // namespace

boost::asio::awaitable<Result<Registered<Base>>> MysqlRegistry::add_base(BaseDetails details, Writer writer) {
    auto work = [this, details = std::move(details), writer](Session& session) {
        return add_base_in(session, details, writer);
    };
    auto added = co_await pool_.transact(std::move(work));
    if (added && !added->repeated) committed_();
    co_return added;
}

Result<Registered<Base>> MysqlRegistry::add_base_in(Session& session, const BaseDetails& details,
                                                    const Writer& writer) {
    const auto merchant = find_merchant(session, details.merchant);
    if (const auto allowed = may_write_for(merchant, writer, "/merchant_id"); !allowed)
        return allowed.error();
    if (!knows_county(session, details.county)) {
        return invalid_field("/county_code", "no county that the catalog knows");
    }
    if (const auto fault = details.fault()) return *fault;
    auto stored = find_base_by_name(session, details.merchant, details.name);
    if (!stored) {
        if (const auto id = insert_base(session, details, writer.account())) {
            database::touch(session, base_kind, *id);
            const Base base{*id, details, 1, writer.account(), std::nullopt};
            announce_.bases(session, {&base, 1});
            return Registered<Base>{base, false};
        }
        stored = find_base_by_name(session, details.merchant, details.name);  // Somebody was faster.
    }
    if (stored && stored->details == details) return Registered<Base>{std::move(*stored), true};
    return base_exists();
}

boost::asio::awaitable<Result<Base>> MysqlRegistry::base(BaseId id, Reader reader) {
    auto work = [id, reader](Session& session) -> Result<Base> {
        auto rows = session.query(select_base_seen("base_id = ?"), reader.oversees, reader.organisation, id);
        if (!rows.next()) return no_base();
        return base_seen(rows);
    };
    co_return co_await pool_.transact(std::move(work));
}

boost::asio::awaitable<Result<std::vector<Base>>> MysqlRegistry::bases(Reader reader,
                                                                       std::optional<MerchantId> merchant,
                                                                       BaseId after, std::size_t count) {
    auto work = [reader, merchant, after, count](Session& session) -> Result<std::vector<Base>> {
        auto rows = session.query(
            select_base_seen("(? IS NULL OR merchant_id = ?) AND base_id > ? ORDER BY base_id LIMIT ?"),
            reader.oversees, reader.organisation, merchant, merchant, after, count);
        std::vector<Base> found;
        while (rows.next()) found.push_back(base_seen(rows));
        return found;
    };
    co_return co_await pool_.transact(std::move(work));
}

boost::asio::awaitable<Result<Registered<Lot>>> MysqlRegistry::add_lot(LotRequest request, Writer writer) {
    auto work = [this, request = std::move(request), writer](Session& session) {
        return add_lot_in(session, request, writer);
    };
    auto added = co_await pool_.transact(std::move(work));
    if (added && !added->repeated) committed_();
    co_return added;
}

Result<Registered<Lot>> MysqlRegistry::add_lot_in(Session& session, const LotRequest& request,
                                                  const Writer& writer) {
    const std::array requests{&request};
    LotIntake intake{session, writer, requests};
    auto taken = intake.take(request);
    if (!taken || taken->repeated) return taken;
    auto written = intake.write();
    announce_.lots(session, written);
    return Registered<Lot>{std::move(written.front()), false};
}

boost::asio::awaitable<Result<Lot>> MysqlRegistry::lot(LotId id, Reader reader) {
    auto work = [id, reader](Session& session) -> Result<Lot> {
        auto rows = session.query(select_lot("lot_id = ? AND " + std::string{lot_is_known}), id,
                                  reader.oversees, reader.organisation);
        if (!rows.next()) return no_lot();
        return lot_of(rows);
    };
    co_return co_await pool_.transact(std::move(work));
}

boost::asio::awaitable<Result<std::vector<Lot>>> MysqlRegistry::lots(LotFilter filter, LotId after,
                                                                     std::size_t count) {
    auto work = [filter, after, count](Session& session) -> Result<std::vector<Lot>> {
        auto rows =
            session.query(select_lot("(? IS NULL OR sku_id = ?) AND (? IS NULL OR product_id = ?) "
                                     "AND (? IS NULL OR merchant_id = ?) AND lot_id > ? "
                                     "AND " +
                                     std::string{lot_is_known} + " ORDER BY lot_id LIMIT ?"),
                          filter.sku, filter.sku, filter.product, filter.product, filter.merchant,
                          filter.merchant, after, filter.reader.oversees, filter.reader.organisation, count);
        std::vector<Lot> found;
        while (rows.next()) found.push_back(lot_of(rows));
        return found;
    };
    co_return co_await pool_.transact(std::move(work));
}

boost::asio::awaitable<Result<Lot>> MysqlRegistry::block(LotId id, std::string reason, Writer writer) {
    auto work = [this, id, reason = std::move(reason), writer](Session& session) {
        return block_in(session, id, reason, writer);
    };
    auto blocked = co_await pool_.transact(std::move(work));
    if (blocked) committed_();
    co_return blocked;
}

Result<Lot> MysqlRegistry::block_in(Session& session, LotId id, const std::string& reason,
                                    const Writer& writer) {
    auto rows = session.query(select_lot("lot_id = ? AND " + std::string{lot_is_known} + " FOR UPDATE"), id,
                              writer.may_act_for_all(), writer.organisation());
    if (!rows.next()) return no_lot();
    auto lot = lot_of(rows);
    const auto merchant = find_merchant(session, lot.merchant);
    // Of a merchant that could not be learnt nobody knows whose it is.
    if (merchant ? !writer.may_act_for(*merchant) : !writer.may_act_for_all()) return not_yours();
    if (!lot.saleable) return lot;

    lot.saleable = false;
    lot.block_reason = reason;
    session.execute("UPDATE lot SET saleable = FALSE, block_reason = ?, blocked_at = ? WHERE lot_id = ?",
                    reason, session.now(), id);
    database::append_change(session, subject_of(id), "block", "", writer.account());
    database::touch(session, product_kind, lot.product);
    announce_.lots(session, {&lot, 1});
    return lot;
}

}  // namespace shanhai::trace
