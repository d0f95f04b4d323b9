#include "trace/store/mysql_registry.hpp"

#include "chassis/database/lines.hpp"
#include "chassis/database/unique.hpp"
#include "trace/store/changes.hpp"
#include "trace/store/known_facts.hpp"
#include "trace/store/refusals.hpp"
#include "trace/store/rows.hpp"

#include <string>
#include <utility>

namespace shanhai::trace {
namespace {

using database::Session;

/// Fails unless the merchant is known, active and one that the writer may act for.
Result<Done> check_merchant(Session& session, MerchantId id, const Writer& writer, std::string pointer) {
    const auto merchant = find_merchant(session, id);
    if (!merchant) return invalid_field(std::move(pointer), "no merchant that the catalog knows");
    if (!writer.may_act_for(*merchant)) return not_yours();
    if (!merchant->active) return invalid_field(std::move(pointer), "this merchant is not active");
    return Done{};
}

std::string select_base(std::string_view condition) {
    return "SELECT " + std::string{base_columns} + " FROM base WHERE " + std::string{condition};
}
std::string select_lot(std::string_view condition) {
    return "SELECT " + std::string{lot_columns} + " FROM lot WHERE " + std::string{condition};
}

/// The base, locked, so that lots of one base are weighed one after the other.
std::optional<Base> lock_base(Session& session, BaseId id) {
    auto rows = session.query(select_base("base_id = ? FOR UPDATE"), id);
    if (!rows.next()) return std::nullopt;
    return base_of(rows);
}

std::optional<Lot> find_lot_by_code(Session& session, MerchantId merchant, const LotCode& code) {
    auto rows = session.query(select_lot("merchant_id = ? AND lot_code = ?"), merchant, code.text());
    if (!rows.next()) return std::nullopt;
    return lot_of(rows);
}

std::vector<Registration> registered_goods(Session& session, BaseId base, std::chrono::year year) {
    auto rows = session.query(
        "SELECT COALESCE(k.product_name, ''), CAST(SUM(l.quantity * l.net_content_g) AS SIGNED) FROM lot l "
        "LEFT JOIN known_sku k ON k.sku_id = l.sku_id WHERE l.base_id = ? AND l.harvest_year = ? "
        "GROUP BY k.product_name",
        base, static_cast<int>(year));
    std::vector<Registration> goods;
    while (rows.next()) goods.push_back({rows.text(0), Gram{rows.integer(1)}});
    return goods;
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
        "registered_by, registered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        details.merchant, details.county.text(), details.name, details.village,
        database::lines_of(details.product_words), details.area.count(), details.yield_kg_per_mu, by,
        session.now());
}

/// `checked`: whether its expiry was compared with how long these goods keep.
std::optional<LotId> insert_lot(Session& session, const Lot& lot, bool checked) {
    return database::insert_unique<LotId>(
        session,
        "INSERT INTO lot (lot_code, base_id, sku_id, product_id, merchant_id, county_code, harvest_date, "
        "production_date, expiry_date, expiry_checked, harvest_year, quantity, net_content_g, "
        "conformity_certificate_no, "
        "test_report_no, saleable, block_reason, registered_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, TRUE, '', ?)",
        lot.code.text(), lot.base, lot.sku, lot.product, lot.merchant, lot.county.text(), lot.harvest,
        lot.production, lot.expiry, checked, static_cast<int>(lot.harvest_year()), lot.quantity,
        lot.net_content.count(), lot.conformity_certificate_no, lot.test_report_no, session.now());
}

/// What a code that is in use already answers: the lot itself when it is the same, else a refusal.
Result<Registered<Lot>> answer_again(const Lot& earlier, const Lot& asked) {
    if (earlier.same_registration(asked)) return Registered<Lot>{earlier, true};
    return Error{Failure::conflict, "lot-code-taken", "This merchant has another lot of that code."};
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
    if (const auto merchant = check_merchant(session, details.merchant, writer, "/merchant_id"); !merchant) {
        return merchant.error();
    }
    if (!knows_county(session, details.county)) {
        return invalid_field("/county_code", "no county that the catalog knows");
    }
    if (const auto fault = details.fault()) return *fault;
    auto stored = find_base_by_name(session, details.merchant, details.name);
    if (!stored) {
        if (const auto id = insert_base(session, details, writer.account())) {
            database::touch(session, base_kind, *id);
            return Registered<Base>{{*id, details, 1, writer.account(), std::nullopt}, false};
        }
        stored = find_base_by_name(session, details.merchant, details.name);  // Somebody was faster.
    }
    if (stored && stored->details == details) return Registered<Base>{std::move(*stored), true};
    return base_exists();
}

boost::asio::awaitable<Result<Base>> MysqlRegistry::base(BaseId id) {
    auto work = [id](Session& session) -> Result<Base> {
        auto rows = session.query(select_base("base_id = ?"), id);
        if (!rows.next()) return no_base();
        return base_of(rows);
    };
    co_return co_await pool_.transact(std::move(work));
}

boost::asio::awaitable<Result<std::vector<Base>>> MysqlRegistry::bases(std::optional<MerchantId> merchant,
                                                                       BaseId after, std::size_t count) {
    auto work = [merchant, after, count](Session& session) -> Result<std::vector<Base>> {
        auto rows = session.query(
            select_base("(? IS NULL OR merchant_id = ?) AND base_id > ? ORDER BY base_id LIMIT ?"), merchant,
            merchant, after, count);
        std::vector<Base> found;
        while (rows.next()) found.push_back(base_of(rows));
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
    const auto base = lock_base(session, request.base);
    if (!base) return invalid_field("/base_id", "there is no such base");
    const auto sku = find_sku(session, request.sku);
    if (!sku) return invalid_field("/sku_id", "no SKU that the catalog knows");
    // Whoever uses up a base's yield must be allowed to act for the one who grows there, too.
    for (const auto& [merchant, pointer] :
         {std::pair{sku->merchant, "/sku_id"}, std::pair{base->details.merchant, "/base_id"}}) {
        const auto allowed = check_merchant(session, merchant, writer, pointer);
        if (!allowed) return allowed.error();
    }

    auto lot = draft_lot(request, *base, *sku, shanghai_date(session.now()));
    if (!lot) return lot.error();
    if (const auto earlier = find_lot_by_code(session, lot->merchant, lot->code)) {
        // Its expiry may have been reckoned by the shelf life of that day.
        if (!request.expiry) lot->expiry = earlier->expiry;
        return answer_again(*earlier, *lot);
    }
    if (const auto fault = base->fault_of_yielding()) return *fault;
    const auto registered = registered_goods(session, base->id, lot->harvest_year());
    const auto weighed = check_yield(*base, *lot, sku->product_name, registered);
    if (!weighed) return weighed.error();

    const auto id = insert_lot(session, *lot, sku->shelf_life_days.has_value());
    if (!id) {  // Somebody used the code on another base meanwhile.
        return answer_again(find_lot_by_code(session, lot->merchant, lot->code).value(), *lot);
    }
    lot->id = *id;
    database::touch(session, product_kind, lot->product);
    announce_(session, {&*lot, 1});
    return Registered<Lot>{std::move(*lot), false};
}

boost::asio::awaitable<Result<Lot>> MysqlRegistry::lot(LotId id) {
    auto work = [id](Session& session) -> Result<Lot> {
        auto rows = session.query(select_lot("lot_id = ?"), id);
        if (!rows.next()) return no_lot();
        return lot_of(rows);
    };
    co_return co_await pool_.transact(std::move(work));
}

boost::asio::awaitable<Result<std::vector<Lot>>> MysqlRegistry::lots(LotFilter filter, LotId after,
                                                                     std::size_t count) {
    auto work = [filter, after, count](Session& session) -> Result<std::vector<Lot>> {
        auto rows = session.query(select_lot("(? IS NULL OR sku_id = ?) AND (? IS NULL OR product_id = ?) "
                                             "AND (? IS NULL OR merchant_id = ?) AND lot_id > ? "
                                             "ORDER BY lot_id LIMIT ?"),
                                  filter.sku, filter.sku, filter.product, filter.product, filter.merchant,
                                  filter.merchant, after, count);
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
    auto rows = session.query(select_lot("lot_id = ? FOR UPDATE"), id);
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
    announce_(session, {&lot, 1});
    return lot;
}

}  // namespace shanhai::trace
