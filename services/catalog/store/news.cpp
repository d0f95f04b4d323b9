#include "catalog/store/news.hpp"

#include "catalog/store/reader.hpp"
#include "chassis/database/touched.hpp"

#include <string>

namespace shanhai::catalog {
namespace {

using database::Session;

constexpr std::string_view county_kind = "county";
constexpr std::string_view pairing_kind = "pairing";
constexpr std::string_view scheme_kind = "scheme";  // They are few: one number stands for all.
constexpr std::string_view merchant_kind = "merchant";
constexpr std::string_view product_kind = "product";

template <class Id>
std::set<Id> touched_ids(const database::Touched& touched, std::string_view kind) {
    std::set<Id> ids;
    for (const auto number : touched.ids(kind)) ids.insert(Id{number});
    return ids;
}

CatalogueNews whole_catalogue(Session& session) {
    CatalogueNews news;
    news.whole = true;
    news.read = read_catalogue(session);
    return news;
}

CatalogueNews what_was_touched(Session& session, const database::Touched& touched) {
    CatalogueNews news;
    const auto of = [&touched](std::string_view kind) { return !touched.ids(kind).empty(); };
    news.places = of(county_kind) || of(pairing_kind) || of(scheme_kind);
    if (news.places) read_places(session, news.read);
    news.merchants = touched_ids<MerchantId>(touched, merchant_kind);
    news.read.merchants = read_merchants(session, news.merchants);
    news.products = touched_ids<ProductId>(touched, product_kind);
    news.read.products = read_products(session, {news.products.begin(), news.products.end()});
    return news;
}

}  // namespace

void touch_announced(Session& session, const Announcement& announcement) {
    for (const auto& county : announcement.counties)
        database::touch(session, county_kind, std::stoull(std::string{county.code.text()}));
    for (const auto& pairing : announcement.pairings) database::touch(session, pairing_kind, pairing.id);
    for (const auto& merchant : announcement.merchants) database::touch(session, merchant_kind, merchant.id);
    if (!announcement.merchants.empty()) return;
    for (const auto& offer : announcement.offers) database::touch(session, product_kind, offer.product.id);
}

void remember_scheme(Session& session, const SchemeCode& scheme, int version, const std::string& name) {
    session.execute(
        "INSERT INTO known_scheme (scheme, version, name) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE "
        "name = IF(VALUES(version) >= version, VALUES(name), name), version = GREATEST(version, VALUES(version))",
        scheme.text(), version, name);
    database::touch(session, scheme_kind, 1);
}

void touch_products(Session& session, const std::vector<ProductId>& products) {
    database::TouchedTogether together;
    for (const auto product : products) database::touch(session, product_kind, product);
    together.write(session);
}

CatalogueNews read_news(Session& session, std::uint64_t known) {
    const auto touched = database::touched_after(session, known);
    if (!touched) {
        CatalogueNews none;
        none.read.revision = none.known = known;
        return none;
    }
    auto news = touched->since ? what_was_touched(session, *touched) : whole_catalogue(session);
    news.read.revision = touched->count;
    news.known = known;
    return news;
}

}  // namespace shanhai::catalog
