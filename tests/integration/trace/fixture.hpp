#pragma once

#include "support/told_facts.hpp"
#include "trace/service.hpp"

#include "chassis/events/codec.hpp"
#include "chassis/security/access_token.hpp"
#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/trace.pb.h"
#include "support/catalog_facts.hpp"
#include "support/service_host.hpp"
#include "trace/events/catalog_facts.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>
#include <vector>

namespace shanhai::trace {

namespace json = boost::json;
using events::Event;

inline Event merchant(std::uint64_t id, std::uint64_t organisation, bool active = true) {
    event::v1::MerchantRegistered fact;
    fact.set_merchant_id(id);
    fact.set_name("合作社" + std::to_string(id));
    fact.set_organisation_id(organisation);
    fact.set_active(active);
    return Event::of(fact);
}

inline Event offer(std::uint64_t sku, std::uint64_t product, std::uint64_t seller,
                   bool never_listed = false) {
    event::v1::OfferPublished fact;
    fact.set_sku_id(sku);
    fact.set_product_id(product);
    fact.set_merchant_id(seller);
    fact.set_product_name("箬竹面");
    fact.set_county_code("530624");
    fact.set_net_content_g(500);
    fact.set_food(true);
    fact.set_shelf_life_days(365);
    fact.set_never_listed(never_listed);
    return Event::of(fact);
}

/// The service as it is wired, with what the catalog would have said about a cooperative and its noodles.
class Trace : public ::testing::Test {
protected:
    struct NotYet {};
    /// Nothing runs yet: for a test that has something to do before.
    explicit Trace(NotYet) {}
    Trace() {
        host_.run(make_service);
        learn({support::county_fact("530624", "大关县"), merchant(5, 9), merchant(6, 8),
               merchant(7, 0, false), offer(11, 70, 5), offer(12, 71, 6), offer(13, 72, 7)});
    }
    void learn(const std::vector<Event>& facts) {
        host_.transact([&](database::Session& session) {
            for (const auto& fact : facts) lessons().apply(session, {}, fact);
        });
    }

    static json::object base_body() {
        return {{"merchant_id", 5},
                {"county_code", "530624"},
                {"name", "一号基地"},
                {"village", "天星镇"},
                {"mu_x100", 1000},
                {"yield_kg_per_mu", 100},
                {"product_words", json::array{"方竹笋"}}};
    }
    /// As a PUT wants it: with every member.
    static json::object whole_base() {
        auto body = base_body();
        for (const auto* member : {"harvest_months", "latitude", "longitude"}) body[member] = nullptr;
        return body;
    }
    json::object lot_body(const std::string& code, std::int64_t quantity = 100) const {
        return {{"base_id", base_},
                {"sku_id", 11},
                {"lot_code", code},
                {"harvest_date", "2026-04-02"},
                {"production_date", "2026-04-03"},
                {"expiry_date", "2027-04-03"},
                {"quantity", quantity}};
    }
    support::Answer post(const std::string& target, const json::object& body) {
        return host_.call_as("operator", "POST", target, json::serialize(body));
    }
    /// Of the first lot. `seen`: the tag of what it replaces; whichever there is unless given.
    support::Answer put_papers(const std::string& body, const std::string& seen = "*",
                               const std::string& role = "operator", std::uint64_t organisation = 0) {
        return host_.call("PUT", "/v1/lots/1/papers", body,
                          {{"Authorization", host_.bearer(role, organisation)}, {"If-Match", seen}});
    }
    /// Registered by one person and confirmed by another.
    void add_base() {
        base_ = post("/v1/bases", base_body()).json().at("base_id").as_int64();
        EXPECT_EQ(confirm(base_, 2).status, 200);
    }
    std::string operator_token(std::uint64_t account) const {
        const security::TokenSigner signer{host_.secrets().read("access_token_private")};
        const security::Principal principal{account, 0, "test", {"operator"}};
        return "Bearer " + signer.sign(principal, now(), std::chrono::minutes{10});
    }
    /// As it is shown now, by default.
    support::Answer confirm(std::int64_t base, std::uint64_t account, std::string etag = {}) {
        const auto target = "/v1/bases/" + std::to_string(base);
        if (etag.empty()) etag = host_.call("GET", target).header("ETag");
        return host_.call("POST", target + "/confirmation", {},
                          {{"Authorization", operator_token(account)}, {"If-Match", etag}});
    }
    support::Answer put(const std::string& target, const json::object& body, const std::string& etag) {
        return host_.call("PUT", target, json::serialize(body),
                          {{"Authorization", host_.bearer("operator")}, {"If-Match", etag}});
    }
    /// The facts of one kind that the outbox tells about, oldest first.
    template <class Fact>
    std::vector<Fact> told() {
        return support::told_facts<Fact>(host_);
    }
    std::vector<event::v1::LotRegistered> published() { return told<event::v1::LotRegistered>(); }

    support::ServiceHost host_{"trace"};
    std::int64_t base_ = 0;
};

}  // namespace shanhai::trace
