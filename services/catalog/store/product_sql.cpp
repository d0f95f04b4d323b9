#include "catalog/domain/product_import.hpp"
#include "catalog/store/mysql_catalog_store.hpp"
#include "catalog/store/news.hpp"
#include "catalog/store/product_rows.hpp"
#include "catalog/store/reader.hpp"
#include "chassis/database/unique.hpp"

namespace shanhai::catalog {
namespace {

using database::Session;

/// 2: offers say whether they are food and how long they keep. 4: certifications have a service of their own.
/// 5: offers say since when they cost what they cost, and more services want to know whose merchants are.
/// 6: trace wants to know what was never listed.
constexpr int facts_version = 6;
constexpr int handed_over_version = 4;
constexpr std::size_t offers_a_frame = 500;

Error product_unknown() { return Error{Failure::not_found, "product-unknown", "there is no such product"}; }

Error sku_unknown() { return Error{Failure::not_found, "sku-unknown", "there is no such SKU"}; }

/// Whoever may not know of a product is told that there is none.
std::optional<Error> fault_of_writing(const Offer& offer, const Author& author) {
    auto fault = offer.merchant.fault_of_writing(author);
    return fault && !offer.product.ever_listed ? product_unknown() : std::move(fault);
}

Error product_exists() {
    return Error{Failure::conflict, "product-exists", "this merchant has a product of that name"};
}

void insert_version(Session& session, const Product& product, const Author& author) {
    auto insert = insert_versions();
    add_version_row(insert, product, session.now(), author);
    insert.run(session);
}

void insert_price(Session& session, SkuId sku, int version, Fen price, const Author& author) {
    session.execute(
        "INSERT INTO price (sku_id, version, price_fen, created_at, created_by) VALUES (?, ?, ?, ?, ?)", sku,
        version, price.count(), session.now(), author.account);
}

/// Fails with 409 `gtin-taken` at `place` (such as "/skus/") and the SKU's number; at "/gtin" without a
/// place.
Result<Done> insert_skus(Session& session, ProductId product, const std::vector<Sku>& skus,
                         const Author& author, std::string_view place) {
    for (std::size_t i = 0; i < skus.size(); ++i) {
        const auto& sku = skus[i];
        const auto id = database::insert_unique<SkuId>(
            session,
            "INSERT INTO sku (product_id, gtin, name, net_content_g, quantity_max, min_remaining_days, "
            "price_version) VALUES (?, ?, ?, ?, ?, ?, 1)",
            product, sku.gtin.text(), sku.name, sku.net_content.count(), sku.quantity_max,
            sku.min_remaining_days);
        if (!id)
            return gtin_taken(place.empty() ? "/gtin" : std::string{place} + std::to_string(i) + "/gtin");
        insert_price(session, *id, 1, sku.price, author);
    }
    return Done{};
}

std::optional<Error> fault_of(Session& session, const NewProduct& product, const Author& author) {
    const auto merchant = read_merchant(session, product.merchant);
    const auto county = read_county(session, product.county);
    if (auto fault =
            fault_of_new(product, merchant ? &*merchant : nullptr, county ? &*county : nullptr, author))
        return fault;
    return fault_of_pictures(session, product.text, *merchant, author);
}

/// Runs a statement that a name already taken refuses.
template <class Statement>
Result<Done> unless_named_so(Statement statement) {
    try {
        statement();
    } catch (const database::SqlError& refused) {
        if (!refused.duplicate()) throw;
        return product_exists();
    }
    return Done{};
}

}  // namespace

void MysqlCatalogStore::conclude(Session& session, const Announcement& announcement) {
    touch_announced(session, announcement);
    announce_(session, announcement);
}

void MysqlCatalogStore::conclude_offer(Session& session, ProductId id) {
    Announcement announcement;
    auto product = read_product(session, id);
    auto merchant = read_merchant(session, product.merchant);
    announcement.offers.push_back({std::move(product), std::move(*merchant)});
    conclude(session, announcement);
}

Result<Offer> MysqlCatalogStore::locked_offer(Session& session, ProductId id) {
    auto rows = session.query("SELECT merchant_id FROM product WHERE product_id = ? FOR UPDATE", id);
    if (!rows.next()) return product_unknown();
    auto merchant = read_merchant(session, rows.id<MerchantId>(0));
    return Offer{read_product(session, id), std::move(*merchant)};
}

Result<ProductId> MysqlCatalogStore::write_product(Session& session, const NewProduct& product,
                                                   const Author& author) {
    if (auto fault = fault_of(session, product, author)) return *fault;
    const auto named = unless_named_so([&] {
        session.execute(
            "INSERT INTO product (merchant_id, county_code, name, version, listed, ever_listed, created_at) "
            "VALUES (?, ?, ?, 1, ?, ?, ?)",
            product.merchant, product.county.text(), product.text.name, product.listed, product.listed,
            session.now());
    });
    if (!named) return named.error();
    const auto id = static_cast<ProductId>(session.last_insert_id());
    insert_version(session, first_version(product, id), author);
    const auto skus = insert_skus(session, id, product.skus, author, "/skus/");
    if (!skus) return skus.error();
    conclude_offer(session, id);
    return id;
}

Result<Written<ProductId>> MysqlCatalogStore::write_sku(Session& session, ProductId id, const Sku& sku,
                                                        const Author& author) {
    const auto offer = locked_offer(session, id);
    if (!offer) return offer.error();
    const auto& product = offer->product;
    if (auto fault = fault_of_writing(*offer, author)) return *fault;
    const auto adds = adds_to(product, sku);
    if (!adds) return adds.error();
    if (!*adds) return Written<ProductId>{id, false};
    const auto added = insert_skus(session, id, {sku}, author, "");
    if (!added) return added.error();
    conclude_offer(session, id);
    return Written<ProductId>{id, true};
}

Result<int> MysqlCatalogStore::write_version(Session& session, ProductId id, const ProductText& text,
                                             std::optional<int> current, const Author& author) {
    auto offer = locked_offer(session, id);
    if (!offer) return offer.error();
    auto& product = offer->product;
    if (auto fault = fault_of_writing(*offer, author)) return *fault;
    if (current && *current != product.version) {
        return Error{Failure::precondition, "version-stale", "somebody else changed this product meanwhile"};
    }
    if (auto fault = text.fault_of_origin(*read_county(session, product.county))) return *fault;
    if (text == product.text) return product.version;
    if (auto fault = fault_of_pictures(session, text, offer->merchant, author)) return *fault;
    if (auto fault = product.fault_of_becoming(text)) return *fault;

    product.text = text;
    product.version += 1;
    const auto named = unless_named_so([&] {
        session.execute("UPDATE product SET version = ?, name = ? WHERE product_id = ?", product.version,
                        text.name, id);
    });
    if (!named) return named.error();
    insert_version(session, product, author);
    conclude_offer(session, id);
    return product.version;
}

Result<ProductId> MysqlCatalogStore::write_price(Session& session, SkuId sku, Fen price,
                                                 const Author& author) {
    auto rows = session.query("SELECT product_id FROM sku WHERE sku_id = ?", sku);
    if (!rows.next()) return sku_unknown();
    const auto id = rows.id<ProductId>(0);
    const auto offer = locked_offer(session, id);
    if (!offer) return offer.error();
    if (auto fault = fault_of_writing(*offer, author))
        return fault->code() == "product-unknown" ? sku_unknown() : *fault;
    for (const auto& known : offer->product.skus) {
        if (known.id != sku || known.price == price) continue;
        insert_price(session, sku, known.price_version + 1, price, author);
        session.execute("UPDATE sku SET price_version = ? WHERE sku_id = ?", known.price_version + 1, sku);
        conclude_offer(session, id);
    }
    return id;
}

Result<Done> MysqlCatalogStore::write_listed(Session& session, ProductId id, bool listed,
                                             const Author& author) {
    const auto offer = locked_offer(session, id);
    if (!offer) return offer.error();
    if (auto fault = fault_of_writing(*offer, author)) return *fault;
    if (offer->product.listed == listed) return Done{};
    session.execute("UPDATE product SET ever_listed = ever_listed OR ?, listed = ? WHERE product_id = ?",
                    listed, listed, id);
    conclude_offer(session, id);
    return Done{};
}

CatalogStore::Awaitable<ProductId> MysqlCatalogStore::add_product(Valid<NewProduct> product, Author author) {
    return database::transact_telling(pool_, committed_,
                                      [this, product = std::move(product), author](Session& session) {
                                          return write_product(session, *product, author);
                                      });
}

CatalogStore::Awaitable<Written<ProductId>> MysqlCatalogStore::add_sku(ProductId product, Sku sku,
                                                                       Author author) {
    return database::transact_telling(pool_, committed_,
                                      [this, product, sku = std::move(sku), author](Session& session) {
                                          return write_sku(session, product, sku, author);
                                      });
}

CatalogStore::Awaitable<int> MysqlCatalogStore::add_version(ProductId product, Valid<ProductText> text,
                                                            std::optional<int> current, Author author) {
    return database::transact_telling(
        pool_, committed_, [this, product, text = std::move(text), current, author](Session& session) {
            return write_version(session, product, *text, current, author);
        });
}

CatalogStore::Awaitable<ProductId> MysqlCatalogStore::set_price(SkuId sku, Fen price, Author author) {
    return database::transact_telling(pool_, committed_, [this, sku, price, author](Session& session) {
        return write_price(session, sku, price, author);
    });
}

CatalogStore::Awaitable<Done> MysqlCatalogStore::set_listed(ProductId product, bool listed, Author author) {
    return database::transact_telling(pool_, committed_, [this, product, listed, author](Session& session) {
        return write_listed(session, product, listed, author);
    });
}

CatalogStore::Awaitable<std::vector<TextVersion>> MysqlCatalogStore::versions(ProductId product) {
    return pool_.transact([product](Session& session) -> Result<std::vector<TextVersion>> {
        std::vector<TextVersion> versions;
        auto rows = session.query(
            "SELECT version, canonical, hash, created_at, created_by FROM product_version WHERE product_id = ? "
            "ORDER BY version",
            product);
        while (rows.next()) {
            versions.push_back({static_cast<int>(rows.integer(0)), rows.text(1), rows.text(2),
                                rows.instant(3), rows.id<AccountId>(4)});
        }
        if (versions.empty()) return product_unknown();
        return versions;
    });
}

Result<Done> MysqlCatalogStore::tell_again_after_an_upgrade() {
    const auto told = pool_.transact_blocking([this](Session& session) -> Result<Done> {
        auto rows = session.query("SELECT version FROM told WHERE one = 1 FOR UPDATE");
        if (!rows.next() || rows.integer(0) >= facts_version) return Done{};
        const bool kept_certifications = rows.integer(0) < handed_over_version;
        const auto catalogue = read_catalogue(session);
        Announcement announcement;
        for (const auto& [id, merchant] : catalogue.merchants) announcement.merchants.push_back(merchant);
        for (const auto& [id, product] : catalogue.products) {
            announcement.offers.push_back({product, *catalogue.merchant(product.merchant)});
            if (announcement.offers.size() < offers_a_frame) continue;
            announce_(session, announcement);
            announcement = {};
        }
        session.execute("UPDATE told SET version = ? WHERE one = 1", facts_version);
        announce_(session, announcement);
        if (kept_certifications) hand_over_certifications(session, catalogue);
        return Done{};
    });
    if (told) committed_();
    return told;
}

CatalogStore::Awaitable<CatalogueNews> MysqlCatalogStore::news(std::uint64_t known) {
    return pool_.transact(
        [known](Session& session) -> Result<CatalogueNews> { return read_news(session, known); });
}

Result<CatalogueNews> MysqlCatalogStore::news_now(std::uint64_t known) {
    return pool_.transact_blocking(
        [known](Session& session) -> Result<CatalogueNews> { return read_news(session, known); });
}

}  // namespace shanhai::catalog
