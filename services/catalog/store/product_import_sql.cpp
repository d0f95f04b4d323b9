#include "catalog/store/mysql_catalog_store.hpp"
#include "catalog/store/news.hpp"
#include "catalog/store/product_rows.hpp"
#include "catalog/store/reader.hpp"
#include "chassis/database/in_list.hpp"

#include <algorithm>
#include <map>
#include <span>

// A table of products in one transaction: everything is read in few statements, decided in memory and written
// in few, so that thousands of lines hold nobody up.

namespace shanhai::catalog {
namespace {

using database::Session;

constexpr std::size_t offers_a_frame = 500;
constexpr int lost_race = 1213;  // As for a deadlock, which the pool tries again.

/// The items, some at a time, so that no statement outgrows a packet.
template <class Item, class Use>
void in_pieces(const std::vector<Item>& items, Use use) {
    constexpr std::size_t piece = 1000;
    for (std::size_t from = 0; from < items.size(); from += piece) {
        use(std::span{items}.subspan(from, std::min(piece, items.size() - from)));
    }
}

std::map<MerchantId, std::vector<std::string>> names_of(const std::vector<ProductLine>& lines) {
    std::map<MerchantId, std::vector<std::string>> names;
    for (const auto& line : lines) names[line.product.merchant].push_back(line.product.text.name);
    return names;
}

/// The ids of a merchant's products of these names; those that are locked stay as they are meanwhile.
std::map<std::string, ProductId> ids_by_name(Session& session, MerchantId merchant,
                                             const std::vector<std::string>& names, bool lock) {
    std::map<std::string, ProductId> ids;
    in_pieces(names, [&](std::span<const std::string> some) {
        auto rows =
            session.query("SELECT product_id, name FROM product WHERE merchant_id = ? AND name IN " +
                              database::in_list(some) + " ORDER BY product_id" + (lock ? " FOR UPDATE" : ""),
                          merchant);
        while (rows.next()) ids.emplace(rows.text(1), rows.id<ProductId>(0));
    });
    return ids;
}

ProductFacts facts_about(Session& session, const std::vector<ProductLine>& lines) {
    ProductFacts facts;
    // GTINs first: whose table came in between is then found by its names, and not only by what it took.
    std::vector<std::string> gtins;
    for (const auto& line : lines) {
        gtins.emplace_back(line.product.skus.front().gtin.text());
        const auto& county = line.product.county;
        if (facts.counties.contains(county)) continue;
        if (auto read = read_county(session, county)) facts.counties.emplace(county, std::move(*read));
    }
    in_pieces(gtins, [&](std::span<const std::string> some) {
        auto rows =
            session.query("SELECT gtin, product_id FROM sku WHERE gtin IN " + database::in_list(some));
        while (rows.next()) facts.gtins.emplace(*Gtin::parse(rows.text(0)), rows.id<ProductId>(1));
    });
    std::vector<ProductId> known;
    for (const auto& [merchant, names] : names_of(lines)) {
        for (const auto& [name, id] : ids_by_name(session, merchant, names, true)) known.push_back(id);
        if (auto read = read_merchant(session, merchant)) facts.merchants.emplace(merchant, std::move(*read));
    }
    for (auto& [id, product] : read_products(session, known)) {
        ProductFacts::Key key{product.merchant, product.text.name};
        facts.products.emplace(std::move(key), std::move(product));
    }
    return facts;
}

/// Writes what a table adds, and says of which products. Throws SqlError when somebody took a name or a GTIN
/// in this very moment.
class ProductWriter {
public:
    ProductWriter(Session& session, const Author& author) : session_{session}, author_{author} {}

    std::vector<ProductId> write(const std::vector<ProductAddition>& additions) {
        const auto ids = insert_products(additions);
        insert_skus(additions, ids);
        return ids;
    }

private:
    std::vector<ProductId> insert_products(const std::vector<ProductAddition>& additions) {
        database::Insert insert{
            "INSERT INTO product (merchant_id, county_code, name, version, listed, ever_listed, created_at) "
            "VALUES"};
        std::map<MerchantId, std::vector<std::string>> names;
        for (const auto& [known, product, lines] : additions) {
            if (known) continue;
            insert.row(product.merchant, product.county.text(), product.text.name, 1, product.listed,
                       product.listed, now_);
            names[product.merchant].push_back(product.text.name);
        }
        insert.run(session_);
        std::map<ProductFacts::Key, ProductId> made;
        for (const auto& [merchant, some] : names) {
            for (const auto& [name, id] : ids_by_name(session_, merchant, some, false))
                made.emplace(ProductFacts::Key{merchant, name}, id);
        }
        auto versions = insert_versions();
        std::vector<ProductId> ids;
        for (const auto& [known, product, lines] : additions) {
            ids.push_back(known ? *known : made.at(ProductFacts::Key{product.merchant, product.text.name}));
            if (!known) add_version_row(versions, first_version(product, ids.back()), now_, author_);
        }
        versions.run(session_);
        return ids;
    }

    void insert_skus(const std::vector<ProductAddition>& additions, const std::vector<ProductId>& ids) {
        database::Insert insert{
            "INSERT INTO sku (product_id, gtin, name, net_content_g, quantity_max, min_remaining_days, "
            "price_version) VALUES"};
        std::map<std::string, Fen> prices;
        std::vector<std::string> gtins;
        for (std::size_t i = 0; i < additions.size(); ++i) {
            for (const auto& sku : additions[i].product.skus) {
                insert.row(ids[i], sku.gtin.text(), sku.name, sku.net_content.count(), sku.quantity_max,
                           sku.min_remaining_days, 1);
                gtins.emplace_back(sku.gtin.text());
                prices.emplace(gtins.back(), sku.price);
            }
        }
        insert.run(session_);
        database::Insert priced{
            "INSERT INTO price (sku_id, version, price_fen, created_at, created_by) VALUES"};
        in_pieces(gtins, [&](std::span<const std::string> some) {
            auto rows =
                session_.query("SELECT sku_id, gtin FROM sku WHERE gtin IN " + database::in_list(some));
            while (rows.next()) {
                priced.row(rows.id<SkuId>(0), 1, prices.at(rows.text(1)).count(), now_, author_.account);
            }
        });
        priced.run(session_);
    }

    Session& session_;
    const Author& author_;
    Instant now_ = session_.now();
};

/// What others are told of these products, in frames of bounded size.
std::vector<Announcement> offers_of(Session& session, const std::vector<ProductId>& ids,
                                    const ProductFacts& facts) {
    std::vector<Announcement> frames(1);
    std::size_t offers = 0;
    for (auto& [id, product] : read_products(session, ids)) {
        if (offers + product.skus.size() > offers_a_frame) {
            frames.emplace_back();
            offers = 0;
        }
        offers += product.skus.size();
        const auto& merchant = facts.merchants.at(product.merchant);
        frames.back().offers.push_back({std::move(product), merchant});
    }
    return frames;
}

}  // namespace

Result<ImportReport> MysqlCatalogStore::write_import(Session& session, const ProductTable& table,
                                                     const Author& author) {
    auto report = table.report;
    const auto facts = facts_about(session, table.lines);
    const auto additions = decide_products(table.lines, facts, author, report);
    for (const auto& [known, product, lines] : additions) {
        const auto merchant = facts.merchants.find(product.merchant);
        if (known || merchant == facts.merchants.end()) continue;
        if (const auto fault = fault_of_pictures(session, product.text, merchant->second, author)) {
            report.faults.add(lines.front(), *fault, product_column);
        }
    }
    if (table.terms.check_only || !report.faults.none()) return report;
    report.written = true;
    if (additions.empty()) return report;
    const auto ids = ProductWriter{session, author}.write(additions);
    const auto frames = offers_of(session, ids, facts);
    touch_products(session, ids);
    for (const auto& frame : frames) announce_(session, frame);
    return report;
}

CatalogStore::Awaitable<ImportReport> MysqlCatalogStore::import_products(ProductTable table, Author author) {
    return database::transact_telling(
        pool_, committed_,
        [this, table = std::move(table), author](Session& session) -> Result<ImportReport> {
            try {
                return write_import(session, table, author);
            } catch (const database::SqlError& refused) {
                if (!refused.duplicate()) throw;
                // Somebody took a name or a GTIN since it was looked for: who looks again sees whose it is.
                throw database::SqlError{lost_race, "somebody was faster"};
            }
        });
}

}  // namespace shanhai::catalog
