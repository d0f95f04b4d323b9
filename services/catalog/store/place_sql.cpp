#include "catalog/store/mysql_catalog_store.hpp"
#include "catalog/store/organisation_sql.hpp"
#include "catalog/store/reader.hpp"

namespace shanhai::catalog {
namespace {

using database::Session;

Error county_unknown() { return invalid_field("/county_code", "no county of that code is registered"); }

Error merchant_exists() {
    return Error{Failure::conflict, "merchant-exists",
                 "a merchant of that name or credit code is registered with other facts"};
}

std::optional<MerchantId> merchant_named(Session& session, const std::string& name) {
    auto rows = session.query("SELECT merchant_id FROM merchant WHERE name = ? FOR UPDATE", name);
    if (!rows.next()) return std::nullopt;
    return rows.id<MerchantId>(0);
}

std::optional<std::string> text_of(const std::optional<Uscc>& uscc) {
    return uscc ? std::optional{uscc->text()} : std::nullopt;
}
std::optional<std::string> text_of(const std::optional<FoodLicence>& licence) {
    return licence ? std::optional{licence->text()} : std::nullopt;
}

Error code_taken(std::string pointer, const std::string& detail) {
    std::vector<FieldError> fields;
    fields.push_back({std::move(pointer), detail});
    return Error{Failure::conflict, "code-taken", detail, std::move(fields)};
}

/// No code ever means two counties: 409 `code-taken` when another has it, or had it before.
std::optional<Error> fault_of_codes(Session& session, const County& county) {
    auto renamed = session.query(
        "SELECT 1 FROM county_former_code WHERE former_code = ? AND county_code <> ? FOR UPDATE",
        county.code.text(), county.code.text());
    if (renamed.next()) return code_taken("/county_code", "another county had this code before");
    for (std::size_t i = 0; i < county.former_codes.size(); ++i) {
        const auto code = county.former_codes[i].text();
        const auto pointer = "/former_codes/" + std::to_string(i);
        auto present = session.query("SELECT 1 FROM county WHERE county_code = ? FOR UPDATE", code);
        if (present.next()) return code_taken(pointer, "another county has this code");
        auto former = session.query(
            "SELECT 1 FROM county_former_code WHERE former_code = ? AND county_code <> ? FOR UPDATE", code,
            county.code.text());
        if (former.next()) return code_taken(pointer, "another county had this code before");
    }
    return std::nullopt;
}

MerchantId insert_merchant(Session& session, const Merchant& merchant) {
    session.execute(
        "INSERT INTO merchant (name, kind, county_code, uscc, food_licence, organisation_id, self_operated, "
        "sample, active, area_note, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        merchant.name, wire_name(merchant.kind), merchant.county.text(), text_of(merchant.uscc),
        text_of(merchant.food_licence), merchant.organisation, merchant.self_operated, merchant.sample,
        merchant.active, merchant.area_note, session.database_now());
    return static_cast<MerchantId>(session.last_insert_id());
}

/// What a merchant's name answers when it is known: the merchant itself when the rest is the same, else a
/// refusal; nothing when it is not known.
std::optional<Result<Written<MerchantId>>> registered_before(Session& session, const Merchant& merchant) {
    const auto known = merchant_named(session, merchant.name);
    if (!known) return std::nullopt;
    auto same = merchant;
    const auto stored = read_merchant(session, *known);
    same.id = *known;
    same.active = stored->active;
    same.version = stored->version;
    if (same != *stored) return Result<Written<MerchantId>>{merchant_exists()};
    return Result<Written<MerchantId>>{Written<MerchantId>{*known, false}};
}

}  // namespace

Result<Written<CountyCode>> MysqlCatalogStore::write_county(Session& session, const County& county) {
    const auto known = read_county(session, county.code);
    if (known == county) return Written<CountyCode>{county.code, false};
    if (auto fault = fault_of_codes(session, county)) return *fault;
    session.execute(
        "INSERT INTO county (county_code, name, short_name, prefecture, province, assisted) "
        "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name), short_name = "
        "VALUES(short_name), "
        "prefecture = VALUES(prefecture), province = VALUES(province), assisted = VALUES(assisted)",
        county.code.text(), county.name, county.short_name, county.prefecture, county.province,
        county.assisted);
    session.execute("DELETE FROM county_former_code WHERE county_code = ?", county.code.text());
    database::Insert former{"INSERT INTO county_former_code (former_code, county_code) VALUES",
                            "ON DUPLICATE KEY UPDATE county_code = VALUES(county_code)"};
    for (const auto& code : county.former_codes) former.row(code.text(), county.code.text());
    former.run(session);
    Announcement announcement;
    announcement.counties.push_back(county);
    conclude(session, announcement);
    return Written<CountyCode>{county.code, !known};
}

Result<Written<PairingId>> MysqlCatalogStore::write_pairing(Session& session, const Pairing& pairing) {
    const auto known = find_pairing(session, pairing);
    if (known && known->same_facts_as(pairing)) return Written<PairingId>{known->id, false};
    session.execute(
        "INSERT INTO pairing (district_code, district_name, area_code, area_name, programme, certainty, "
        "valid_from, valid_to, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
        "pairing_id = LAST_INSERT_ID(pairing_id), district_name = VALUES(district_name), "
        "area_name = VALUES(area_name), certainty = VALUES(certainty), valid_to = VALUES(valid_to), "
        "note = VALUES(note)",
        pairing.district.text(), pairing.district_name, pairing.area.text(), pairing.area_name,
        wire_name(pairing.programme), wire_name(pairing.certainty), pairing.valid_from, pairing.valid_to,
        pairing.note);
    Written<PairingId> written{static_cast<PairingId>(session.last_insert_id()), !known};
    Announcement announcement;
    announcement.pairings.push_back(pairing);
    announcement.pairings.back().id = written.id;
    conclude(session, announcement);
    return written;
}

Result<Written<MerchantId>> MysqlCatalogStore::write_merchant(Session& session, const Merchant& merchant) {
    if (!read_county(session, merchant.county)) return county_unknown();
    if (const auto again = registered_before(session, merchant)) return *again;
    if (auto fault = fault_of_owner(session, merchant.organisation)) return *fault;
    Announcement announcement;
    announcement.merchants.push_back(merchant);
    try {
        announcement.merchants.back().id = insert_merchant(session, merchant);
    } catch (const database::SqlError& refused) {
        if (!refused.duplicate()) throw;
        const auto again = registered_before(session, merchant);  // Somebody was faster, with the same.
        return again ? *again : Result<Written<MerchantId>>{merchant_exists()};
    }
    conclude(session, announcement);
    return Written<MerchantId>{announcement.merchants.back().id, true};
}

Result<Done> MysqlCatalogStore::write_active(Session& session, MerchantId id, bool active) {
    if (session.execute("UPDATE merchant SET active = ? WHERE merchant_id = ?", active, id) == 0) {
        return Error{Failure::not_found, "merchant-unknown", "there is no such merchant"};
    }
    conclude_merchant(session, id);
    return Done{};
}

void MysqlCatalogStore::conclude_merchant(Session& session, MerchantId id) {
    Announcement announcement;
    announcement.merchants.push_back(*read_merchant(session, id));
    std::vector<ProductId> products;
    auto rows = session.query(
        "SELECT product_id FROM product WHERE merchant_id = ? ORDER BY product_id FOR UPDATE", id);
    while (rows.next()) products.push_back(rows.id<ProductId>(0));
    for (const auto product : products) {
        announcement.offers.push_back({read_product(session, product), announcement.merchants.front()});
    }
    conclude(session, announcement);
}

CatalogStore::Awaitable<Written<CountyCode>> MysqlCatalogStore::register_county(Valid<County> county) {
    return write(
        [this, county = std::move(county)](Session& session) { return write_county(session, *county); });
}

CatalogStore::Awaitable<Written<PairingId>> MysqlCatalogStore::declare_pairing(Valid<Pairing> pairing) {
    return write(
        [this, pairing = std::move(pairing)](Session& session) { return write_pairing(session, *pairing); });
}

CatalogStore::Awaitable<Written<MerchantId>> MysqlCatalogStore::register_merchant(Valid<Merchant> merchant) {
    return write([this, merchant = std::move(merchant)](Session& session) {
        return write_merchant(session, *merchant);
    });
}

CatalogStore::Awaitable<Done> MysqlCatalogStore::set_active(MerchantId merchant, bool active) {
    return write(
        [this, merchant, active](Session& session) { return write_active(session, merchant, active); });
}

}  // namespace shanhai::catalog
