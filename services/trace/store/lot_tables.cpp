#include "trace/store/known_facts.hpp"
#include "trace/store/lot_intake.hpp"
#include "trace/store/mysql_registry.hpp"
#include "trace/store/refusals.hpp"
#include "trace/store/rows.hpp"

#include <map>

// Lots as tables, in and out.

namespace shanhai::trace {
namespace {

using database::Session;

/// "/quantity" is the column quantity.
std::string lot_column(std::string_view pointer) {
    return std::string{pointer.substr(pointer.empty() ? 0 : 1)};
}

/// A code is one lot, in a table too: of two equal lines somebody meant something else by one.
bool comes_twice(const LotLine& line, std::map<std::pair<MerchantId, std::string>, std::size_t>& seen,
                 LotIntake& intake, LineFaults& faults) {
    const auto merchant = intake.merchant_of(line.request);
    if (!merchant) return false;  // Refused as it is.
    const auto [earlier, first] = seen.emplace(std::pair{*merchant, line.request.code.text()}, line.line);
    if (first) return false;
    faults.add({line.line, "lot_code", "line-repeated",
                "line " + std::to_string(earlier->second) + " has this code already"});
    return true;
}

}  // namespace

boost::asio::awaitable<Result<ImportReport>> MysqlRegistry::add_lots(LotTable table, Writer writer) {
    auto work = [this, table = std::move(table), writer](Session& session) {
        return add_lots_in(session, table, writer);
    };
    auto added = co_await pool_.transact(std::move(work));
    if (added && added->written) committed_();
    co_return added;
}

Result<ImportReport> MysqlRegistry::add_lots_in(Session& session, const LotTable& table,
                                                const Writer& writer) {
    auto report = table.report;
    std::vector<const LotRequest*> requests;
    for (const auto& line : table.lines) requests.push_back(&line.request);
    LotIntake intake{session, writer, requests};
    std::map<std::pair<MerchantId, std::string>, std::size_t> seen;
    for (const auto& line : table.lines) {
        if (comes_twice(line, seen, intake, report.faults)) continue;
        const auto taken = intake.take(line.request);
        if (!taken) {
            report.faults.add(line.line, taken.error(), lot_column);
        } else {
            ++(taken->repeated ? report.repeated : report.made);
        }
    }
    if (table.terms.check_only || !report.faults.none()) return report;
    report.written = true;
    if (report.made > 0) announce_.lots(session, intake.write());
    return report;
}

boost::asio::awaitable<Result<std::vector<NamedLot>>> MysqlRegistry::lots_for(
    Writer reader, std::optional<MerchantId> merchant, LotId after, std::size_t count) {
    auto work = [=](Session& session) -> Result<std::vector<NamedLot>> {
        const auto known = merchant ? find_merchant(session, *merchant) : std::nullopt;
        if (known && !reader.may_act_for(*known)) return not_yours();
        auto rows = session.query(
            "SELECT " + std::string{lot_columns} +
                ", COALESCE((SELECT k.product_name FROM known_sku k WHERE k.sku_id = lot.sku_id), '') FROM lot "
                "WHERE (? IS NULL OR merchant_id = ?) AND (? OR merchant_id IN (SELECT m.merchant_id FROM "
                "known_merchant m WHERE m.organisation_id = ? AND m.organisation_id <> 0)) AND lot_id > ? "
                "ORDER BY lot_id LIMIT ?",
            merchant, merchant, reader.may_act_for_all(), reader.organisation(), after, count);
        constexpr unsigned name = 16;  // Behind lot_columns.
        std::vector<NamedLot> lots;
        while (rows.next()) lots.push_back({lot_of(rows), rows.text(name)});
        return lots;
    };
    co_return co_await pool_.transact(std::move(work));
}

}  // namespace shanhai::trace
