#pragma once

#include "catalog/service.hpp"

#include "catalog/events/announcer.hpp"
#include "catalog/store/mysql_catalog_store.hpp"
#include "catalog/store/organisation_sql.hpp"
#include "chassis/events/frame.hpp"
#include "chassis/security/access_token.hpp"
#include "chassis/security/crypto.hpp"
#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/frame.pb.h"
#include "support/async.hpp"
#include "support/service_host.hpp"
#include "support/told_facts.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <atomic>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <thread>

namespace shanhai::catalog {

// What the catalog's tests send, and the service as it is wired.

namespace json = boost::json;
using support::Answer;

constexpr std::uint64_t cooperative = 9;         // The organisation whose accounts write for the merchant.
constexpr std::uint64_t office_of_minhang = 21;  // An office: it owns no merchant.

/// What identity would have told the catalog by now.
inline void know_organisations(support::ServiceHost& host) {
    host.transact([](database::Session& session) {
        const auto know = [&](std::uint64_t id, const char* name, const char* kind, const char* county) {
            std::optional<CountyCode> code;
            if (county != nullptr) code = *CountyCode::parse(county);
            remember_organisation(session, OrganisationId{id}, name, kind, code);
        };
        know(cooperative, "大关县翠竹专业合作社（示例）", "MERCHANT", "530624");
        know(office_of_minhang, "闵行区政府合作交流办（示例）", "DISTRICT_OFFICE", "310112");
    });
}

inline json::object county_body() {
    return {{"county_code", "530624"},      {"name", "大关县"},     {"short_name", "大关县"},
            {"prefecture", "昭通市"},       {"province", "云南省"}, {"assisted", true},
            {"former_codes", json::array{}}};
}

inline json::object merchant_body(const char* name = "大关县翠竹专业合作社（示例）") {
    return {{"name", name},
            {"kind", "COOPERATIVE"},
            {"county_code", "530624"},
            {"organisation_id", cooperative},
            {"sample", true},
            {"uscc", nullptr},
            {"food_licence", nullptr},
            {"self_operated", false},
            {"area_note", nullptr},
            {"service_phone", "0870-2123456"}};
}

inline json::object sku_body(const char* gtin, const char* name = "500克袋装") {
    return {
        {"gtin", gtin}, {"name", name}, {"net_content_g", 500}, {"price_fen", 1980}, {"quantity_max", 50}};
}

inline json::object text_body(const char* name = "箬竹面") {
    return {{"name", name},
            {"alias", json::array{"筇竹面"}},
            {"category", "food_processed"},
            {"summary", "掺入鲜笋的挂面。"},
            {"description", "面粉与鲜笋一起和面，慢火烘干。"},
            {"storage", "阴凉干燥处"},
            {"shelf_life_days", 365},
            {"origin_statement", "云南省昭通市大关县"},
            {"return_policy", "SEVEN_DAY"},
            {"purchase_mode", "ASSISTED_SALE"},
            {"tags", json::array{"一县一品"}},
            {"images", json::array{}}};
}

inline json::object product_body(std::uint64_t merchant, const char* gtin = "9520000000011",
                                 const char* name = "箬竹面") {
    auto body = text_body(name);
    body["merchant_id"] = merchant;
    body["county_code"] = "530624";
    body["skus"] = json::array{sku_body(gtin)};
    body["listed"] = true;
    return body;
}

inline int this_year() { return static_cast<int>(std::chrono::year_month_day{shanghai_date(now())}.year()); }

inline json::object pairing_body(const char* area = "530624") {
    return {
        {"district_code", "310112"},  {"district_name", "闵行区"}, {"county_code", area},
        {"county_name", "大关县"},    {"certainty", "STATED"},     {"programme", "EAST_WEST_COLLABORATION"},
        {"valid_from", "2021-01-01"}, {"valid_to", nullptr},       {"note", nullptr}};
}

/// 闵行优品 of the whole of this year, as its service declares it.
inline Certification certification_of(std::uint64_t product, std::uint64_t id = 1) {
    const auto new_year = [](int year) { return Date{std::chrono::year{year} / 1 / 1}; };
    return {.id = CertificationId{id},
            .product = ProductId{product},
            .scheme = *SchemeCode::parse("MINHANG_YOUPIN"),
            .year = this_year(),
            .authority = "闵行区政府合作交流办",
            .number = "MHYP-" + std::to_string(id),
            .valid_from = new_year(this_year()),
            .valid_to = new_year(this_year() + 1),
            .state = CertificationState::certified,
            .state_since = start_of(new_year(this_year())),
            .reason = {},
            .recorded = start_of(new_year(this_year()))};
}

inline std::string text(const json::object& body) { return json::serialize(body); }

class Catalog : public ::testing::Test {
protected:
    Catalog() {
        host_.run(make_service);
        know_organisations(host_);
    }

    Answer post(const std::string& target, const json::object& body, const std::string& role = "operator",
                std::uint64_t organisation = 0) {
        return host_.call_as(role, "POST", target, text(body), organisation);
    }
    /// As when the fact of it arrives, and once it shows.
    void learn(const Certification& certification) {
        MysqlCatalogStore store{host_.pool(), announce, [] {}};
        host_.transact([&](database::Session& session) { store.learn(session, certification); });
        const bool shown = support::eventually([&] {
            const auto all = product(number(certification.product)).at("certifications").as_array();
            return std::ranges::any_of(all, [&](const json::value& one) {
                return one.at("number").as_string() == certification.number &&
                       one.at("state").as_string() == wire_name(certification.state);
            });
        });
        if (!shown) throw std::runtime_error{"what was learnt does not show"};
    }
    /// A body of a thing that is there now; fails the test when it could not be made.
    std::uint64_t made(const Answer& answer, std::string_view id) {
        if (answer.status >= 300) throw std::runtime_error{answer.body};
        return answer.json().at(id).to_number<std::uint64_t>();
    }
    std::uint64_t add_merchant() {
        post("/v1/counties", county_body());
        post("/v1/pairings", pairing_body());
        return made(post("/v1/merchants", merchant_body()), "merchant_id");
    }
    std::uint64_t add_product() {
        return made(post("/v1/products", product_body(add_merchant())), "product_id");
    }

    Answer put(const std::string& target, const json::object& body, const std::string& etag) {
        return host_.call("PUT", target, text(body),
                          {{"Authorization", host_.bearer("operator")}, {"If-Match", etag}});
    }
    Answer get(const std::string& target) { return host_.call("GET", target); }
    json::value product(std::uint64_t id) { return get("/v1/products/" + std::to_string(id)).json(); }

    /// Besides the one that hands over, at its first start, the certifications that it never had.
    std::int64_t frames_told() { return host_.number("SELECT COUNT(*) FROM outbox") - 1; }
    /// Every OfferPublished in the outbox, oldest first.
    std::vector<event::v1::OfferPublished> offers() {
        return support::told_facts<event::v1::OfferPublished>(host_);
    }

    support::ServiceHost host_{"catalog"};
};

}  // namespace shanhai::catalog
