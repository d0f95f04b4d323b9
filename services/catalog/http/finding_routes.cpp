#include "catalog/http/finding_routes.hpp"

#include "catalog/domain/search/suggesting.hpp"
#include "catalog/domain/search/understanding.hpp"
#include "catalog/http/answers.hpp"
#include "catalog/http/finding_json.hpp"
#include "catalog/http/list_position.hpp"
#include "catalog/http/page.hpp"
#include "chassis/http/parameters.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace shanhai::catalog {

using http::Method;
using http::Request;
using http::Response;

namespace {

constexpr std::size_t query_max = 100;  // Characters.

/// Which products a list asks for.
struct Asked {
    std::string words;
    search::Typed typed = search::Typed::perhaps_wrong;
    search::Narrowing narrowing;
    std::optional<SchemeCode> first;  ///< What is certified under it comes first, of what is called so.
    search::Sorting sorting = search::Sorting::none;
    bool unlisted_too = false;
    Reader reader{};

    static Result<Asked> of(const Request& request, const Registry& facts);
};

Result<std::string> known_category(std::string_view code) {
    if (find_category(code) == nullptr) return invalid_field("", "there is no such category");
    return std::string{code};
}

Result<Done> only_now(std::string_view text) {
    if (text != "now") return invalid_field("", "is now, or is left out");
    return Done{};
}

Result<search::Sorting> known_sorting(std::string_view name) {
    using enum search::Sorting;
    if (name == "price_ascending") return price_ascending;
    if (name == "price_descending") return price_descending;
    if (name == "newest") return newest;
    return invalid_field("", "is price_ascending, price_descending or newest, or is left out");
}

Result<Asked> Asked::of(const Request& request, const Registry& facts) {
    http::Parameters parameters{request};
    Asked asked;
    asked.narrowing.county = parameters.optional_parsed<CountyCode>("county");
    if (const auto area = area_asked_for(parameters, facts)) {
        auto& counties = asked.narrowing.area.emplace();
        for (const auto& code : *area) counties.push_back(search::number_of(code));
    }
    asked.narrowing.category = parameters.optional_checked<std::string>("category", known_category);
    asked.narrowing.scheme = parameters.optional_parsed<SchemeCode>("scheme");
    asked.narrowing.merchant = parameters.optional_id<MerchantId>("merchant_id");
    asked.narrowing.season = parameters.optional_checked<Done>("season", only_now).has_value();
    if (parameters.has("first")) asked.first = parameters.optional_parsed<SchemeCode>("first");
    if (parameters.has("sort"))
        asked.sorting = parameters.optional_checked<search::Sorting>("sort", known_sorting)
                            .value_or(search::Sorting::none);
    if (asked.first && asked.sorting != search::Sorting::none)
        parameters.complain("sort", "a list is sorted, or begins with a scheme: not both");
    if (parameters.has("listed")) asked.unlisted_too = asks_for_unlisted(parameters);
    if (parameters.optional_flag("exact").value_or(false)) asked.typed = search::Typed::as_meant;
    asked.words = parameters.optional_text("q", 0, query_max).value_or("");
    if (auto error = parameters.complaints()) return *error;
    asked.reader = request.reader();
    return asked;
}

search::Understood understood(const Asked& asked, const View& view, const search::Sight& sight, Instant at) {
    if (asked.words.empty()) return {};
    return search::understand(asked.words, view.index, *view.names, sight, at, asked.typed);
}

/// The first page that everybody asks for: as the view has it in order already. While the view is good its
/// order is the one of when it was made: the page is the same to the byte for everybody who asks meanwhile.
void add_in_order(PageWriter& writer, const View& view, const Asked& asked, Instant at) {
    const auto began = view.good_from == Instant::min() ? at : view.good_from;
    const auto& merchant = asked.narrowing.merchant;
    for (const auto& shown : merchant ? view.of_merchant(*merchant) : view.order) {
        const auto& product = *shown->product;
        if (!product.listed && !asked.unlisted_too) continue;
        if (!view.facts->shown_to(asked.reader, product.merchant, product.ever_listed)) continue;
        const search::Place place{.uncertified = !shown->certified, .product = product.id};
        if (!writer.add(ListPosition{began, place}.text(), *shown->body)) return;
    }
}

/// Whether a list by prices began before the oldest that a product remembers.
bool prices_forgotten(const Asked& asked, Instant began, Instant at) {
    using enum search::Sorting;
    const bool by_price = asked.sorting == price_ascending || asked.sorting == price_descending;
    return by_price && began < at - FormerPrice::kept;
}

bool as_it_lies(const Asked& asked, const View& view, Instant at) {
    const auto& narrowing = asked.narrowing;
    return asked.words.empty() && !asked.first && asked.sorting == search::Sorting::none &&
           !narrowing.county && !narrowing.area && !narrowing.category && !narrowing.scheme &&
           !narrowing.season && view.good_at(at);
}

}  // namespace

void FindingRoutes::mount(http::Router& router) {
    router.on_quick(
        Method::get,
        "/v1/products{?q,exact,area,county,category,scheme,season,first,merchant_id,listed,sort,cursor,limit}",
        [this](const Request& r) { return list(r); });
    router.on_quick(Method::get,
                    "/v1/products/facets{?q,exact,area,county,category,scheme,season,merchant_id}",
                    [this](const Request& r) { return count(r); });
    router.on_quick(Method::get, "/v1/products/suggestions{?q}",
                    [this](const Request& r) { return suggest(r); });
}

Response FindingRoutes::list(const Request& request) const {
    const auto page = cursors_.page_of(request);
    if (!page) return http::respond_with(page.error());
    const auto view = showcase_.view();
    const auto asked = Asked::of(request, *view->facts);
    if (!asked) return http::respond_with(asked.error());
    const auto after = ListPosition::of(page->after);
    if (!after && !page->after.empty())
        return http::respond_with(
            Error{Failure::invalid, "invalid-cursor", "The cursor is one of an older release."});
    const auto at = showcase_.clock().now();
    if (after && prices_forgotten(*asked, after->began, at))
        return http::respond_with(
            Error{Failure::invalid, "invalid-cursor",
                  "The list began so long ago that what things cost then is not known any more."});
    PageWriter writer{cursors_, *page};
    if (!after && as_it_lies(*asked, *view, at)) {
        add_in_order(writer, *view, *asked, at);
        return writer.finish(ranking_of(*view, {}, false) + corrected_json(std::nullopt));
    }
    const search::Sight sight{*view->facts, asked->reader, asked->unlisted_too};
    const auto what = understood(*asked, *view, sight, at);
    const search::Order order{asked->first, after ? after->began : at, asked->sorting};
    const auto last = after ? std::optional{after->place} : std::nullopt;
    const search::Finding finding{view->index, sight, at};
    for (const auto& place : finding.places(what.query, asked->narrowing, order, last, page->limit + 1)) {
        const auto* const shown = view->product(place.product);
        if (shown != nullptr && !writer.add(ListPosition{order.began, place}.text(), *shown->body)) break;
    }
    return writer.finish(ranking_of(*view, order, !what.query.words.empty()) +
                         corrected_json(what.corrected_to));
}

Response FindingRoutes::count(const Request& request) const {
    const auto view = showcase_.view();
    const auto asked = Asked::of(request, *view->facts);
    if (!asked) return http::respond_with(asked.error());
    const auto at = showcase_.clock().now();
    const search::Sight sight{*view->facts};
    const auto what = understood(*asked, *view, sight, at);
    const auto counts = search::Finding{view->index, sight, at}.counts(what.query, asked->narrowing);
    return json_answer(200, json_of(counts, *view, asked->narrowing.merchant, what.corrected_to));
}

Response FindingRoutes::suggest(const Request& request) const {
    http::Parameters parameters{request};
    const auto words = parameters.optional_text("q", 0, query_max);
    if (auto error = parameters.complaints()) return http::respond_with(*error);
    const auto view = showcase_.view();
    const search::Sight sight{*view->facts};
    const auto made = search::suggestions_for(words.value_or(""), view->index, *view->names, sight,
                                              showcase_.clock().now());
    auto response = json_answer(200, json_of(made, *view));
    response.headers.emplace_back("Cache-Control", "public, max-age=60");
    return response;
}

}  // namespace shanhai::catalog
