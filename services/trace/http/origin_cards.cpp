#include "trace/http/origin_cards.hpp"

#include "chassis/http/parameters.hpp"
#include "trace/http/trace_json.hpp"

#include <boost/json/serialize.hpp>

namespace shanhai::trace {

void OriginCardRoutes::mount(http::Router& router) {
    router.on_quick(http::Method::get, "/v1/origin-cards/products/{product_id}",
                    [this](const http::Request& request) { return of_product(request); });
    router.on_quick(http::Method::get, "/v1/origin-cards/lots/{lot_id}",
                    [this](const http::Request& request) { return of_lot(request); });
}

http::Response OriginCardRoutes::of_product(const http::Request& request) const {
    return answer(request, &Shown::of_product, "product_id");
}

http::Response OriginCardRoutes::of_lot(const http::Request& request) const {
    return answer(request, &Shown::of_lot, "lot_id");
}

void OriginCardRoutes::show(const OriginCards& cards) { put_up({}, cards); }

void OriginCardRoutes::show_again(const OriginCards& cards) { put_up(*shown_.get(), cards); }

void OriginCardRoutes::put_up(Shown shown, const OriginCards& cards) {
    for (const auto& [id, card] : cards.of_product) shown.of_product.change(number(id)) = render(card);
    for (const auto& [id, card] : cards.of_lot) shown.of_lot.change(number(id)) = render(card);
    shown.houses = cards.houses;
    shown_.set(std::move(shown));
}

OriginCardRoutes::Rendered OriginCardRoutes::render(const OriginCard& card) {
    auto body = std::make_shared<const std::string>(boost::json::serialize(json_of(card)));
    auto etag = http::etag_of(*body);
    return {std::move(body), std::move(etag), card.never_listed_of};
}

bool OriginCardRoutes::Shown::may_know(const Reader& reader, const Rendered& card) const {
    if (!card.never_listed_of) return true;
    const auto house = houses.find(*card.never_listed_of);
    return reader.knows_never_listed_of(house == houses.end() ? OrganisationId{} : house->second);
}

http::Response OriginCardRoutes::answer(const http::Request& request, Cards Shown::*kind,
                                        std::string_view parameter) const {
    const auto id = http::id_in_path<std::uint64_t>(request, parameter);
    if (!id) return http::respond_with(id.error());
    const auto shown = shown_.get();
    const auto* found = ((*shown).*kind).find(*id);
    if (found == nullptr || !shown->may_know(request.reader(), *found)) {
        return http::respond_with(
            Error{Failure::not_found, "origin-unknown", "Nothing is known of where this comes from."});
    }
    http::Response response;
    response.shared_body = found->body;
    // A blocked lot has to be seen at once, so caches ask each time; the tag makes that cheap.
    response.headers.emplace_back("Cache-Control", found->never_listed_of ? "no-store" : "no-cache");
    return http::conditional(request, std::move(response), found->etag);
}

}  // namespace shanhai::trace
