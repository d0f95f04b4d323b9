#include "catalog/store/mysql_catalog_store.hpp"
#include "catalog/store/organisation_sql.hpp"
#include "catalog/store/reader.hpp"

namespace shanhai::catalog {
namespace {

using database::Session;

Error no_county() { return invalid_field("/county_code", "no county of that code is registered"); }

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

MerchantId insert_merchant(Session& session, const Merchant& merchant) {
    session.execute(
        "INSERT INTO merchant (name, kind, county_code, uscc, food_licence, organisation_id, self_operated, "
        "sample, active, area_note, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        merchant.name, wire_name(merchant.kind), merchant.county.text(), text_of(merchant.uscc),
        text_of(merchant.food_licence), merchant.organisation, merchant.self_operated, merchant.sample,
        merchant.active, merchant.area_note, session.now());
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

Result<Written<MerchantId>> MysqlCatalogStore::write_merchant(Session& session, const Merchant& merchant) {
    if (!read_county(session, merchant.county)) return no_county();
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
