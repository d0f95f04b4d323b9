#include "catalog/http/place_routes.hpp"

#include "catalog/http/answers.hpp"
#include "catalog/http/catalog_bodies.hpp"
#include "catalog/http/catalog_json.hpp"
#include "catalog/http/page.hpp"
#include "catalog/http/staff.hpp"
#include "chassis/http/history.hpp"
#include "chassis/http/parameters.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace shanhai::catalog {

using http::Method;
using http::Request;
using http::Response;

namespace {

/// The tag of what is shown of a merchant.
std::string tag_of(const Merchant& merchant) {
    return http::etag_of(boost::json::serialize(json_of(merchant)));
}

/// A county with the pairings that it has, on whichever side.
boost::json::object shown(const View& view, const County& county, Instant at) {
    auto body = json_of(county, view.listed_of(county));
    describe_place(body, county);
    boost::json::array pairings;
    for (const auto& [id, pairing] : view.facts->pairings) {
        const bool own = pairing.area.holds(county.code) || pairing.district.holds(county.code);
        if (own) pairings.emplace_back(json_of(pairing, at));
    }
    body["pairings"] = std::move(pairings);
    return body;
}

/// With the tag of all that is shown; the version in it is what a correction is to follow.
Response tagged(const boost::json::object& body, int version) {
    auto response = json_answer(200, body);
    response.headers.emplace_back("ETag", etag_of(version, response.body));
    return response;
}

Response conditional(const Request& request, const boost::json::object& body, int version) {
    auto response = json_answer(200, body);
    const auto etag = etag_of(version, response.body);
    return http::conditional(request, std::move(response), etag);
}

}  // namespace

void PlaceRoutes::mount(http::Router& router) {
    router.on_quick(Method::get, "/v1/counties{?assisted,area,cursor,limit}",
                    [this](const Request& r) { return list_counties(r); });
    router.on_quick(Method::get, "/v1/counties/{county_code}",
                    [this](const Request& r) { return show_county(r); });
    router.on(Method::post, "/v1/counties", [this](const Request& r) { return register_county(r); });
    router.on_quick(Method::get, "/v1/pairings{?district,county,cursor,limit}",
                    [this](const Request& r) { return list_pairings(r); });
    router.on(Method::put, "/v1/counties/{county_code}",
              [this](const Request& r) { return change_county(r); });
    router.on(Method::get, "/v1/counties/{county_code}/changes{?cursor,limit}",
              [this](const Request& r) { return list_county_corrections(r); });
    router.on_quick(Method::get, "/v1/pairings/{pairing_id}",
                    [this](const Request& r) { return show_pairing(r); });
    router.on(Method::put, "/v1/pairings/{pairing_id}",
              [this](const Request& r) { return change_pairing(r); });
    router.on(Method::get, "/v1/pairings/{pairing_id}/changes{?cursor,limit}",
              [this](const Request& r) { return list_pairing_corrections(r); });
    router.on(Method::post, "/v1/pairings", [this](const Request& r) { return declare_pairing(r); });
    router.on_quick(Method::get, "/v1/categories", [this](const Request&) { return list_categories(); });
    router.on_quick(Method::get, "/v1/merchants{?county,organisation_id,cursor,limit}",
                    [this](const Request& r) { return list_merchants(r); });
    router.on_quick(Method::get, "/v1/merchants/{merchant_id}",
                    [this](const Request& r) { return show_merchant(r); });
    router.on(Method::post, "/v1/merchants", [this](const Request& r) { return register_merchant(r); });
    router.on(Method::put, "/v1/merchants/{merchant_id}",
              [this](const Request& r) { return change_merchant(r); });
    router.on(Method::put, "/v1/merchants/{merchant_id}/service-phone",
              [this](const Request& r) { return change_service_phone(r); });
    router.on(Method::get, "/v1/merchants/{merchant_id}/changes{?cursor,limit}",
              [this](const Request& r) { return list_corrections(r); });
    router.on(Method::post, "/v1/merchants/{merchant_id}/active",
              [this](const Request& r) { return set_active(r); });
}

Response PlaceRoutes::list_counties(const Request& request) const {
    const auto page = cursors_.page_of(request);
    if (!page) return http::respond_with(page.error());
    http::Parameters parameters{request};
    const auto view = showcase_.view();
    const auto assisted = parameters.optional_flag("assisted");
    const auto area = area_asked_for(parameters, *view->facts);
    if (const auto error = parameters.complaints()) return http::respond_with(*error);
    PageWriter writer{cursors_, *page};
    for (const auto& [code, county] : view->facts->counties) {
        if (assisted && county.assisted != *assisted) continue;
        if (area && !std::ranges::binary_search(*area, code)) continue;
        if (!writer.wants(code.text())) continue;
        const auto item = boost::json::serialize(json_of(county, view->listed_of(county)));
        if (!writer.add(std::string{code.text()}, item)) break;
    }
    return writer.finish();
}

Response PlaceRoutes::show_county(const Request& request) const {
    const auto code = http::parsed_in_path<CountyCode>(request, "county_code");
    if (!code) return http::respond_with(code.error());
    const auto view = showcase_.view();
    const auto* const county = view->facts->county(*code);
    if (county == nullptr) return unknown("county");
    return conditional(request, shown(*view, *county, showcase_.clock().now()), county->version);
}

PlaceRoutes::Answer PlaceRoutes::change_county(const Request& request) {
    const auto author = author_of(request);
    const auto code = http::parsed_in_path<CountyCode>(request, "county_code");
    if (!code) co_return http::respond_with(code.error());
    const auto current = version_to_follow(request);
    if (!current) co_return http::respond_with(current.error());
    auto wanted = county_in(request);
    if (!wanted) co_return http::respond_with(wanted.error());
    if ((*wanted)->code != *code) {
        co_return http::respond_with(
            invalid_field("/county_code", "a county is corrected under its own code"));
    }
    const auto changed = co_await store_.change_county(std::move(*wanted), *current, author);
    if (!changed) co_return http::respond_with(changed.error());
    co_await showcase_.refresh(store_);
    const auto view = showcase_.view();
    const auto* const stored = view->facts->county(*changed);
    if (stored == nullptr) co_return unknown("county");
    co_return tagged(shown(*view, *stored, showcase_.clock().now()), stored->version);
}

PlaceRoutes::Answer PlaceRoutes::list_county_corrections(const Request& request) {
    const auto id = http::parsed_in_path<CountyCode>(request, "county_code");
    if (!id) co_return http::respond_with(id.error());
    auto read = [this, id = *id](std::uint64_t after, std::size_t count) {
        return store_.corrections(id, after, count);
    };
    co_return co_await http::history_page(request, cursors_, read);
}

Response PlaceRoutes::show_pairing(const Request& request) const {
    const auto id = http::id_in_path<PairingId>(request, "pairing_id");
    if (!id) return http::respond_with(id.error());
    const auto view = showcase_.view();
    const auto found = view->facts->pairings.find(*id);
    if (found == view->facts->pairings.end()) return unknown("pairing");
    return conditional(request, json_of(found->second, showcase_.clock().now()), found->second.version);
}

PlaceRoutes::Answer PlaceRoutes::change_pairing(const Request& request) {
    const auto author = author_of(request);
    const auto id = http::id_in_path<PairingId>(request, "pairing_id");
    if (!id) co_return http::respond_with(id.error());
    const auto current = version_to_follow(request);
    if (!current) co_return http::respond_with(current.error());
    auto wanted = pairing_in(request);
    if (!wanted) co_return http::respond_with(wanted.error());
    const auto changed = co_await store_.change_pairing(*id, std::move(*wanted), *current, author);
    if (!changed) co_return http::respond_with(changed.error());
    co_await showcase_.refresh(store_);
    const auto view = showcase_.view();
    const auto found = view->facts->pairings.find(*changed);
    if (found == view->facts->pairings.end()) co_return unknown("pairing");
    co_return tagged(json_of(found->second, showcase_.clock().now()), found->second.version);
}

PlaceRoutes::Answer PlaceRoutes::list_pairing_corrections(const Request& request) {
    const auto id = http::id_in_path<PairingId>(request, "pairing_id");
    if (!id) co_return http::respond_with(id.error());
    auto read = [this, id = *id](std::uint64_t after, std::size_t count) {
        return store_.corrections(id, after, count);
    };
    co_return co_await http::history_page(request, cursors_, read);
}

Response PlaceRoutes::list_pairings(const Request& request) const {
    const auto page = cursors_.page_of(request);
    if (!page) return http::respond_with(page.error());
    http::Parameters parameters{request};
    const auto district = parameters.optional_parsed<AreaCode>("district");
    const auto area = parameters.optional_parsed<AreaCode>("county");
    if (const auto error = parameters.complaints()) return http::respond_with(*error);
    const auto view = showcase_.view();
    PageWriter writer{cursors_, *page};
    for (const auto& [id, pairing] : view->facts->pairings) {
        if (district && pairing.district != *district) continue;
        if (area && pairing.area != *area) continue;
        const auto position = position_of(number(id));
        if (!writer.wants(position)) continue;
        if (!writer.add(position, boost::json::serialize(json_of(pairing, showcase_.clock().now())))) break;
    }
    return writer.finish();
}

Response PlaceRoutes::list_categories() const {
    boost::json::array items;
    for (const auto& category : categories()) {
        if (category.listable) items.emplace_back(json_of(category));
    }
    boost::json::object body;
    body["items"] = std::move(items);
    body["next"] = nullptr;
    return json_answer(200, body);
}

Response PlaceRoutes::list_merchants(const Request& request) const {
    const auto page = cursors_.page_of(request);
    if (!page) return http::respond_with(page.error());
    http::Parameters parameters{request};
    const auto county = parameters.optional_parsed<CountyCode>("county");
    const auto organisation = parameters.optional_id<OrganisationId>("organisation_id");
    if (const auto error = parameters.complaints()) return http::respond_with(*error);
    const auto view = showcase_.view();
    PageWriter writer{cursors_, *page};
    for (const auto& [id, merchant] : view->facts->merchants) {
        if (county && merchant.county != *county) continue;
        if (organisation && merchant.organisation != *organisation) continue;
        const auto position = position_of(number(id));
        if (!writer.wants(position)) continue;
        if (!writer.add(position, boost::json::serialize(json_of(merchant)))) break;
    }
    return writer.finish();
}

Response PlaceRoutes::show_merchant(const Request& request) const {
    const auto id = http::id_in_path<MerchantId>(request, "merchant_id");
    if (!id) return http::respond_with(id.error());
    const auto view = showcase_.view();
    const auto* const merchant = view->facts->merchant(*id);
    if (merchant == nullptr) return unknown("merchant");
    return http::conditional(request, json_answer(200, json_of(*merchant)), tag_of(*merchant));
}

PlaceRoutes::Answer PlaceRoutes::change_merchant(const Request& request) {
    const auto author = author_of(request);
    const auto id = http::id_in_path<MerchantId>(request, "merchant_id");
    if (!id) co_return http::respond_with(id.error());
    auto wanted = merchant_in(request);
    if (!wanted) co_return http::respond_with(wanted.error());
    const auto seen = showcase_.view();
    const auto* const merchant = seen->facts->merchant(*id);
    if (merchant == nullptr) co_return unknown("merchant");
    if (const auto stale = http::check_if_match(request, tag_of(*merchant))) {
        co_return http::respond_with(*stale);
    }
    const auto changed = co_await store_.change_merchant(*id, std::move(*wanted), merchant->version, author);
    if (!changed) co_return http::respond_with(changed.error());
    co_return co_await corrected(*id);
}

/// As it is shown now.
PlaceRoutes::Answer PlaceRoutes::corrected(MerchantId id) {
    co_await showcase_.refresh(store_);
    const auto view = showcase_.view();
    const auto* const now_stored = view->facts->merchant(id);
    if (now_stored == nullptr) co_return unknown("merchant");
    auto response = json_answer(200, json_of(*now_stored));
    response.headers.emplace_back("ETag", tag_of(*now_stored));
    co_return response;
}

/// Whose it is comes before whether it is the newest: another house learns nothing of it.
PlaceRoutes::Answer PlaceRoutes::change_service_phone(const Request& request) {
    const auto author = author_of(request);
    const auto id = http::id_in_path<MerchantId>(request, "merchant_id");
    if (!id) co_return http::respond_with(id.error());
    auto phone = service_phone_in(request);
    if (!phone) co_return http::respond_with(phone.error());
    const auto seen = showcase_.view();
    const auto* const merchant = seen->facts->merchant(*id);
    if (merchant == nullptr) co_return unknown("merchant");
    if (const auto fault = merchant->fault_of_writing(author)) co_return http::respond_with(*fault);
    if (const auto stale = http::check_if_match(request, tag_of(*merchant))) {
        co_return http::respond_with(*stale);
    }
    const auto current = merchant->version;
    const auto changed = co_await store_.change_service_phone(*id, std::move(*phone), current, author);
    if (!changed) co_return http::respond_with(changed.error());
    co_return co_await corrected(*id);
}

PlaceRoutes::Answer PlaceRoutes::list_corrections(const Request& request) {
    const auto id = http::id_in_path<MerchantId>(request, "merchant_id");
    if (!id) co_return http::respond_with(id.error());
    auto read = [this, id = *id](std::uint64_t after, std::size_t count) {
        return store_.corrections(id, after, count);
    };
    co_return co_await http::history_page(request, cursors_, read);
}

PlaceRoutes::Answer PlaceRoutes::register_county(const Request& request) {
    auto county = county_in(request);
    if (!county) co_return http::respond_with(county.error());
    const auto written = co_await store_.register_county(std::move(*county));
    if (!written) co_return http::respond_with(written.error());
    co_await showcase_.refresh(store_);

    boost::json::object body;
    body["county_code"] = written->id.text();
    const auto view = showcase_.view();
    if (const auto* stored = view->facts->county(written->id))
        body = json_of(*stored, view->listed_of(*stored));
    co_return json_answer(written->created ? 201 : 200, body,
                          "/v1/counties/" + std::string{written->id.text()});
}

PlaceRoutes::Answer PlaceRoutes::declare_pairing(const Request& request) {
    auto pairing = pairing_in(request);
    if (!pairing) co_return http::respond_with(pairing.error());
    const auto written = co_await store_.declare_pairing(std::move(*pairing));
    if (!written) co_return http::respond_with(written.error());
    co_await showcase_.refresh(store_);

    boost::json::object body;
    body["pairing_id"] = number(written->id);
    const auto view = showcase_.view();
    const auto stored = view->facts->pairings.find(written->id);
    if (stored != view->facts->pairings.end()) body = json_of(stored->second, showcase_.clock().now());
    co_return json_answer(written->created ? 201 : 200, body,
                          "/v1/pairings/" + std::to_string(number(written->id)));
}

PlaceRoutes::Answer PlaceRoutes::register_merchant(const Request& request) {
    auto merchant = merchant_in(request);
    if (!merchant) co_return http::respond_with(merchant.error());
    const auto written = co_await store_.register_merchant(std::move(*merchant));
    if (!written) co_return http::respond_with(written.error());
    co_await showcase_.refresh(store_);

    boost::json::object body;
    body["merchant_id"] = number(written->id);
    const auto view = showcase_.view();
    if (const auto* stored = view->facts->merchant(written->id)) body = json_of(*stored);
    co_return json_answer(written->created ? 201 : 200, body,
                          "/v1/merchants/" + std::to_string(number(written->id)));
}

PlaceRoutes::Answer PlaceRoutes::set_active(const Request& request) {
    const auto id = http::id_in_path<MerchantId>(request, "merchant_id");
    if (!id) co_return http::respond_with(id.error());
    const auto active = active_in(request);
    if (!active) co_return http::respond_with(active.error());
    const auto done = co_await store_.set_active(*id, *active);
    if (!done) co_return http::respond_with(done.error());
    co_await showcase_.refresh(store_);

    boost::json::object body;
    body["merchant_id"] = number(*id);
    const auto view = showcase_.view();
    if (const auto* stored = view->facts->merchant(*id)) body = json_of(*stored);
    co_return json_answer(200, body);
}

}  // namespace shanhai::catalog
