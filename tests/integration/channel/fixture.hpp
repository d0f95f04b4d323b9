#pragma once

#include "channel/service.hpp"

#include "channel/events/catalog_facts.hpp"
#include "shanhai/event/v1/catalog.pb.h"
#include "support/async.hpp"
#include "support/catalog_facts.hpp"
#include "support/service_host.hpp"

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>
#include <string>
#include <vector>

namespace shanhai::channel {

namespace json = boost::json;
using events::Event;

inline Event offer(std::uint64_t sku, std::uint64_t product, const char* origin, bool never_listed = false) {
    event::v1::OfferPublished fact;
    fact.set_sku_id(sku);
    fact.set_product_id(product);
    fact.set_product_name("箬竹面");
    fact.set_county_code(origin);
    fact.set_never_listed(never_listed);
    return Event::of(fact);
}

/// The service as it is wired, with a district, two products, a campaign that runs and one placement.
class Channel : public ::testing::Test {
protected:
    Channel() {
        host_.settings().public_url = "https://shop.example";
        host_.run(make_service);
        learn({support::county_fact("310112", "闵行区"), support::county_fact("530624", "大关县"),
               offer(1, 11, "530624"), offer(2, 12, "530822")});
        post("/v1/campaigns", campaign("山海情深号", "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"));
        token_ = post("/v1/placements", placement(1, "2号线 1屏")).json().at("token").as_string().c_str();
    }

    void learn(const std::vector<Event>& facts) {
        host_.transact([&](database::Session& session) {
            for (const auto& fact : facts) lessons().apply(session, {}, fact);
        });
    }
    static json::object campaign(const char* name, const char* from, const char* to) {
        return {{"name", name},
                {"organiser", "合作交流办"},
                {"district_code", "310112"},
                {"from", from},
                {"to", to}};
    }
    static json::object placement(int campaign_id, const char* name) {
        return {{"campaign_id", campaign_id}, {"name", name}, {"channel", "METRO_QR"}};
    }
    static json::object item(int product, const char* from, const char* to) {
        return {{"product_id", product}, {"from", from}, {"to", to}};
    }
    support::Answer post(const std::string& target, const json::object& body) {
        return host_.call_as("operator", "POST", target, json::serialize(body));
    }
    /// `seen`: the tag of what it replaces; whichever there is unless given.
    support::Answer put_playlist(int placement_id, json::array items, const std::string& seen = "*") {
        const json::object body{{"items", std::move(items)}};
        return host_.call("PUT", "/v1/placements/" + std::to_string(placement_id) + "/playlist",
                          json::serialize(body),
                          {{"Authorization", host_.bearer("operator")}, {"If-Match", seen}});
    }
    support::Answer scan() { return host_.call("GET", "/s/" + token_); }
    std::int64_t stored_scans() {
        return host_.number("SELECT CAST(COALESCE(SUM(scans), 0) AS SIGNED) FROM scan_count");
    }

    support::ServiceHost host_{"channel"};
    std::string token_;
};

}  // namespace shanhai::channel
