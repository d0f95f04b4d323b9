#include "trace/store/lot_intake.hpp"

#include "chassis/database/in_list.hpp"
#include "trace/store/known_facts.hpp"
#include "trace/store/rows.hpp"

#include <algorithm>
#include <set>

namespace shanhai::trace {
namespace {

using database::Session;

constexpr std::size_t codes_at_once = 1000;
constexpr int lost_race = 1213;  // As for a deadlock, which the pool tries again.

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

/// Those of a merchant's lots that have one of these codes.
std::vector<Lot> lots_by_code(Session& session, MerchantId merchant, const std::vector<std::string>& codes) {
    std::vector<Lot> lots;
    for (std::size_t from = 0; from < codes.size(); from += codes_at_once) {
        const auto some = std::span{codes}.subspan(from, std::min(codes_at_once, codes.size() - from));
        auto rows =
            session.query("SELECT " + std::string{lot_columns} +
                              " FROM lot WHERE merchant_id = ? AND lot_code IN " + database::in_list(some),
                          merchant);
        while (rows.next()) lots.push_back(lot_of(rows));
    }
    return lots;
}

/// What a code that is in use already answers: the lot itself when it is the same, else a refusal.
Result<Registered<Lot>> answer_again(const Lot& earlier, const Lot& asked) {
    if (earlier.same_registration(asked)) return Registered<Lot>{earlier, true};
    return Error{Failure::conflict, "lot-code-taken", "This merchant has another lot of that code."};
}

}  // namespace

LotIntake::LotIntake(Session& session, const Writer& writer, std::span<const LotRequest* const> requests)
    : session_{session}, writer_{writer} {
    lock_bases(requests);
    read_earlier(requests);
}

void LotIntake::lock_bases(std::span<const LotRequest* const> requests) {
    std::set<BaseId> ids;
    for (const auto* request : requests) ids.insert(request->base);
    if (ids.empty()) return;
    auto rows = session_.ask("SELECT " + std::string{base_columns} + " FROM base WHERE base_id IN " +
                             database::in_list(ids) + " ORDER BY base_id FOR UPDATE");
    while (rows.next()) bases_.emplace(rows.id<BaseId>(0), base_of(rows));
}

void LotIntake::read_earlier(std::span<const LotRequest* const> requests) {
    std::map<MerchantId, std::vector<std::string>> codes;
    for (const auto* request : requests) {
        if (const auto merchant = merchant_of(*request)) codes[*merchant].push_back(request->code.text());
    }
    for (const auto& [merchant, some] : codes) {
        for (auto& lot : lots_by_code(session_, merchant, some)) {
            Code code{merchant, lot.code.text()};
            earlier_.emplace(std::move(code), std::move(lot));
        }
    }
}

const std::optional<KnownSku>& LotIntake::sku(SkuId id) {
    const auto known = skus_.find(id);
    return known != skus_.end() ? known->second : skus_.emplace(id, find_sku(session_, id)).first->second;
}

std::optional<MerchantId> LotIntake::merchant_of(const LotRequest& request) {
    const auto& known = sku(request.sku);
    return known ? std::optional{known->merchant} : std::nullopt;
}

Result<Done> LotIntake::check_merchant(MerchantId id, std::string pointer) {
    auto known = merchants_.find(id);
    if (known == merchants_.end()) known = merchants_.emplace(id, find_merchant(session_, id)).first;
    return may_write_for(known->second, writer_, std::move(pointer));
}

/// Of the base and harvest year of this lot, with those that were taken before it.
std::vector<Registration>& LotIntake::registered(const Lot& lot) {
    const std::pair key{lot.base, lot.harvest_year()};
    const auto known = registered_.find(key);
    if (known != registered_.end()) return known->second;
    return registered_.emplace(key, registered_goods(session_, lot.base, lot.harvest_year())).first->second;
}

Result<Registered<Lot>> LotIntake::take(const LotRequest& request) {
    const auto found = bases_.find(request.base);
    if (found == bases_.end()) return invalid_field("/base_id", "there is no such base");
    const auto& base = found->second;
    const auto& goods = sku(request.sku);
    if (!goods) return invalid_field("/sku_id", "no SKU that the catalog knows");
    // Whoever uses up a base's yield must be allowed to act for the one who grows there, too.
    for (const auto& [merchant, pointer] :
         {std::pair{goods->merchant, "/sku_id"}, std::pair{base.details.merchant, "/base_id"}}) {
        const auto allowed = check_merchant(merchant, pointer);
        if (!allowed) return allowed.error();
    }

    auto lot = draft_lot(request, base, *goods, shanghai_date(session_.now()));
    if (!lot) return lot.error();
    const auto earlier = earlier_.find(Code{lot->merchant, lot->code.text()});
    if (earlier != earlier_.end()) {
        // Its expiry may have been reckoned by the shelf life of that day.
        if (!request.expiry) lot->expiry = earlier->second.expiry;
        return answer_again(earlier->second, *lot);
    }
    if (const auto fault = base.fault_of_yielding()) return *fault;
    auto& before = registered(*lot);
    const auto weighed = check_yield(base, *lot, goods->product_name, before);
    if (!weighed) return weighed.error();
    before.push_back({goods->product_name, lot->mass()});
    new_.push_back({*lot, goods->shelf_life_days.has_value()});
    return Registered<Lot>{std::move(*lot), false};
}

std::vector<Lot> LotIntake::write() {
    database::Insert insert{
        "INSERT INTO lot (lot_code, base_id, sku_id, product_id, merchant_id, county_code, harvest_date, "
        "production_date, expiry_date, expiry_checked, harvest_year, quantity, net_content_g, "
        "conformity_certificate_no, test_report_no, saleable, block_reason, registered_at) VALUES"};
    std::map<MerchantId, std::vector<std::string>> codes;
    for (const auto& [lot, checked] : new_) {
        insert.row(lot.code.text(), lot.base, lot.sku, lot.product, lot.merchant, lot.county.text(),
                   lot.harvest, lot.production, lot.expiry, checked, static_cast<int>(lot.harvest_year()),
                   lot.quantity, lot.net_content.count(), lot.conformity_certificate_no, lot.test_report_no,
                   true, "", session_.now());
        codes[lot.merchant].push_back(lot.code.text());
    }
    try {
        insert.run(session_);
    } catch (const database::SqlError& refused) {
        if (!refused.duplicate()) throw;
        throw database::SqlError{lost_race, "a lot code was used by somebody else meanwhile"};
    }
    std::vector<Lot> written;
    for (const auto& [merchant, some] : codes) {
        for (auto& lot : lots_by_code(session_, merchant, some)) written.push_back(std::move(lot));
    }
    database::TouchedTogether touched;
    for (const auto& lot : written) database::touch(session_, product_kind, lot.product);
    touched.write(session_);
    return written;
}

}  // namespace shanhai::trace
