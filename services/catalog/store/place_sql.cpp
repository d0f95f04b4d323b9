#include "catalog/store/merchant_rows.hpp"
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

/// What a merchant's name answers when it is known: the merchant itself when the rest is the same, else a
/// refusal; nothing when it is not known.
std::optional<Result<Written<MerchantId>>> registered_before(Session& session, const Merchant& merchant) {
    const auto stored = find_merchant(session, merchant.name);
    if (!stored) return std::nullopt;
    auto same = merchant;
    same.id = stored->id;
    same.active = stored->active;
    same.version = stored->version;
    same.licences = stored->licences;
    same.lapsed = stored->lapsed;
    same.service_phone = stored->service_phone;  // Nobody is another house for having another telephone.
    if (same != *stored) return Result<Written<MerchantId>>{merchant_exists()};
    return Result<Written<MerchantId>>{Written<MerchantId>{stored->id, false}};
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
    return database::transact_telling(pool_, committed_,
                                      [this, merchant = std::move(merchant)](Session& session) {
                                          return write_merchant(session, *merchant);
                                      });
}

CatalogStore::Awaitable<Done> MysqlCatalogStore::set_active(MerchantId merchant, bool active) {
    return database::transact_telling(pool_, committed_, [this, merchant, active](Session& session) {
        return write_active(session, merchant, active);
    });
}

}  // namespace shanhai::catalog
