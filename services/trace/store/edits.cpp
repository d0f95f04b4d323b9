#include "chassis/database/lines.hpp"
#include "chassis/database/unique.hpp"
#include "trace/store/changes.hpp"
#include "trace/store/known_facts.hpp"
#include "trace/store/mysql_registry.hpp"
#include "trace/store/refusals.hpp"
#include "trace/store/rows.hpp"

// What becomes of bases and lots after they were registered.

namespace shanhai::trace {
namespace {

using database::Session;

std::optional<Base> locked(Session& session, BaseId id) {
    auto rows =
        session.query("SELECT " + std::string{base_columns} + " FROM base WHERE base_id = ? FOR UPDATE", id);
    if (!rows.next()) return std::nullopt;
    return base_of(rows);
}

/// The heaviest harvest year of a base so far.
Gram heaviest_year(Session& session, BaseId base) {
    auto rows = session.query(
        "SELECT CAST(COALESCE(MAX(mass), 0) AS SIGNED) FROM (SELECT SUM(quantity * net_content_g) AS mass "
        "FROM lot WHERE base_id = ? GROUP BY harvest_year) AS years",
        base);
    rows.next();
    return Gram{rows.integer(0)};
}

bool has_lots(Session& session, BaseId base) {
    return session.query("SELECT 1 FROM lot WHERE base_id = ? LIMIT 1", base).next();
}

Result<Done> check_change(Session& session, const Base& base, const BaseDetails& wanted) {
    if (wanted.merchant != base.details.merchant) {
        return invalid_field("/merchant_id", "a base stays with its merchant");
    }
    if (!knows_county(session, wanted.county)) {
        return invalid_field("/county_code", "no county that the catalog knows");
    }
    if (wanted.county != base.details.county && has_lots(session, base.id)) {
        return invalid_field("/county_code", "there are lots of this base, which lies where it lies");
    }
    if (auto fault = wanted.fault()) return std::move(*fault);
    auto changed = base;
    changed.details = wanted;
    if (heaviest_year(session, base.id) > changed.yield_max()) {
        return Error{Failure::conflict, "yield-exceeded",
                     "More is registered of this base than it could then have grown in one year."};
    }
    return Done{};
}

/// Fails with 409 `base-exists` when its merchant has another base of that name.
Result<Done> update(Session& session, const Base& base) {
    const auto& details = base.details;
    const bool updated = database::update_unique(
        session,
        "UPDATE base SET county_code = ?, name = ?, village = ?, product_words = ?, mu_x100 = ?, "
        "yield_kg_per_mu = ?, harvest_months = ?, latitude_e5 = ?, longitude_e5 = ?, version = ?, confirmed_by = NULL, "
        "confirmed_at = NULL WHERE base_id = ?",
        details.county.text(), details.name, details.village, database::lines_of(details.product_words),
        details.area.count(), details.yield_kg_per_mu, details.harvest_months.bits(), latitude_of(details),
        longitude_of(details), base.version, base.id);
    if (!updated) return base_exists();
    return Done{};
}

/// Who registered it, or changed it since somebody confirmed it last.
std::set<AccountId> writers_since_confirmed(Session& session, const Base& base) {
    const auto subject = subject_of(base.id);
    std::set<AccountId> writers;
    auto confirmed = session.query(
        "SELECT 1 FROM change_history WHERE subject = ? AND subject_id = ? AND what = 'confirmation' LIMIT 1",
        subject.kind, subject.id);
    if (!confirmed.next()) writers.insert(base.registered_by);
    auto rows = session.query(
        "SELECT by_account FROM change_history WHERE subject = ? AND subject_id = ? AND what <> 'confirmation' AND "
        "change_id > COALESCE((SELECT MAX(c.change_id) FROM change_history c WHERE c.subject = ? AND "
        "c.subject_id = ? AND c.what = 'confirmation'), 0)",
        subject.kind, subject.id, subject.kind, subject.id);
    while (rows.next()) writers.insert(rows.id<AccountId>(0));
    return writers;
}

std::optional<MerchantId> merchant_in(database::Rows rows) {
    if (!rows.next()) return std::nullopt;
    return rows.id<MerchantId>(0);
}

/// Of a merchant that could not be learnt nobody knows whose it is.
bool may_see(Session& session, MerchantId id, const Writer& reader) {
    if (reader.may_act_for_all()) return true;
    const auto merchant = find_merchant(session, id);
    return merchant && reader.may_act_for(*merchant);
}

}  // namespace

boost::asio::awaitable<Result<Base>> MysqlRegistry::change_base(BaseId id, BaseDetails details, int current,
                                                                Writer writer) {
    return database::transact_telling(
        pool_, committed_, [this, id, details = std::move(details), current, writer](Session& session) {
            return change_base_in(session, id, details, current, writer);
        });
}

boost::asio::awaitable<Result<Base>> MysqlRegistry::confirm_base(BaseId id, int current, Writer writer) {
    return database::transact_telling(pool_, committed_, [this, id, current, writer](Session& session) {
        return confirm_base_in(session, id, current, writer);
    });
}

Result<Base> MysqlRegistry::change_base_in(Session& session, BaseId id, const BaseDetails& details,
                                           int current, const Writer& writer) {
    auto base = locked(session, id);
    if (!base) return no_base();
    const auto merchant = find_merchant(session, base->details.merchant);
    if (!merchant || !writer.may_act_for(*merchant)) return not_yours();
    if (base->version != current) return base_changed();
    if (details == base->details) return *base;
    if (const auto checked = check_change(session, *base, details); !checked) return checked.error();
    const auto was = base->details.canonical();
    base->details = details;
    base->version += 1;
    base->confirmed_by.reset();
    if (const auto updated = update(session, *base); !updated) return updated.error();
    database::append_change(session, subject_of(id), database::details_changed, was, writer.account());
    database::touch(session, base_kind, id);
    announce_.bases(session, {&*base, 1});
    return *base;
}

Result<Base> MysqlRegistry::confirm_base_in(Session& session, BaseId id, int current, const Writer& writer) {
    auto base = locked(session, id);
    if (!base) return no_base();
    if (base->version != current) return base_changed();
    if (auto fault = base->fault_of_confirming(writer.account(), writers_since_confirmed(session, *base)))
        return *fault;
    if (base->confirmed_by) return *base;
    base->confirmed_by = writer.account();
    session.execute("UPDATE base SET confirmed_by = ?, confirmed_at = ? WHERE base_id = ?", writer.account(),
                    session.now(), id);
    database::append_change(session, subject_of(id), "confirmation", "", writer.account());
    database::touch(session, base_kind, id);
    announce_.bases(session, {&*base, 1});
    return *base;
}

boost::asio::awaitable<Result<Lot>> MysqlRegistry::set_papers(LotId id, LotPapers seen, LotPapers papers,
                                                              Writer writer) {
    auto work = [this, id, seen = std::move(seen), papers = std::move(papers), writer](Session& session) {
        return set_papers_in(session, id, seen, papers, writer);
    };
    return database::transact_telling(pool_, committed_, std::move(work));
}

Result<Lot> MysqlRegistry::set_papers_in(Session& session, LotId id, const LotPapers& seen,
                                         const LotPapers& papers, const Writer& writer) {
    auto rows = session.query("SELECT " + std::string{lot_columns} + " FROM lot WHERE lot_id = ? AND " +
                                  std::string{lot_is_known} + " FOR UPDATE",
                              id, writer.may_act_for_all(), writer.organisation());
    if (!rows.next()) return no_lot();
    auto lot = lot_of(rows);
    const auto merchant = find_merchant(session, lot.merchant);
    if (!merchant || !writer.may_act_for(*merchant)) return not_yours();
    if (lot.papers() != seen) return papers_changed();
    const auto was = "conformity_certificate_no=" + lot.conformity_certificate_no +
                     "\ntest_report_no=" + lot.test_report_no + "\n";
    lot.conformity_certificate_no = papers.conformity_certificate_no;
    lot.test_report_no = papers.test_report_no;
    session.execute("UPDATE lot SET conformity_certificate_no = ?, test_report_no = ? WHERE lot_id = ?",
                    papers.conformity_certificate_no, papers.test_report_no, id);
    database::append_change(session, subject_of(id), "papers", was, writer.account());
    database::touch(session, product_kind, lot.product);
    return lot;
}

boost::asio::awaitable<Result<std::vector<Change>>> MysqlRegistry::changes(BaseId id, Writer reader,
                                                                           std::uint64_t after,
                                                                           std::size_t count) {
    auto work = [=](Session& session) -> Result<std::vector<Change>> {
        const auto merchant =
            merchant_in(session.query("SELECT merchant_id FROM base WHERE base_id = ?", id));
        if (!merchant) return no_base();
        if (!may_see(session, *merchant, reader)) return not_yours();
        return database::read_changes(session, subject_of(id), after, count);
    };
    co_return co_await pool_.transact(std::move(work));
}

boost::asio::awaitable<Result<std::vector<Change>>> MysqlRegistry::changes(LotId id, Writer reader,
                                                                           std::uint64_t after,
                                                                           std::size_t count) {
    auto work = [=](Session& session) -> Result<std::vector<Change>> {
        const auto merchant = merchant_in(
            session.query("SELECT merchant_id FROM lot WHERE lot_id = ? AND " + std::string{lot_is_known}, id,
                          reader.may_act_for_all(), reader.organisation()));
        if (!merchant) return no_lot();
        if (!may_see(session, *merchant, reader)) return not_yours();
        return database::read_changes(session, subject_of(id), after, count);
    };
    co_return co_await pool_.transact(std::move(work));
}

}  // namespace shanhai::trace
