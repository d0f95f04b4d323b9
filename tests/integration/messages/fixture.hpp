#pragma once

#include "messages/service.hpp"

#include "messages/application/reminders.hpp"
#include "messages/events/learned.hpp"
#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/certification.pb.h"
#include "shanhai/event/v1/identity.pb.h"
#include "shanhai/event/v1/trace.pb.h"
#include "support/service_host.hpp"

#include <gtest/gtest.h>
#include <boost/json/array.hpp>

namespace shanhai::messages {

// What others would have told, and the service as it is wired.

namespace v1 = event::v1;
namespace json = boost::json;

constexpr std::uint64_t cooperative = 9;     // The house that sells the noodles.
constexpr std::uint64_t elsewhere = 8;       // Another one, which sells tea.
constexpr std::uint64_t county_office = 23;  // That may recommend.
constexpr std::uint64_t office = 21;         // That decides.
constexpr std::uint64_t noodles = 70;
constexpr std::uint64_t tea = 71;

inline v1::MerchantRegistered merchant(std::uint64_t id, std::uint64_t organisation, bool active = true) {
    v1::MerchantRegistered fact;
    fact.set_merchant_id(id);
    fact.set_name("合作社" + std::to_string(id));
    fact.set_organisation_id(organisation);
    fact.set_active(active);
    return fact;
}

inline v1::OfferPublished offer(std::uint64_t sku, std::uint64_t product, std::uint64_t seller,
                                const char* name) {
    v1::OfferPublished fact;
    fact.set_sku_id(sku);
    fact.set_product_id(product);
    fact.set_merchant_id(seller);
    fact.set_product_name(name);
    return fact;
}

inline v1::CertificationDeclared certification(std::uint64_t id, Instant at, const char* state = "CERTIFIED",
                                               std::uint64_t product = noodles, Date valid_to = {}) {
    v1::CertificationDeclared fact;
    fact.set_certification_id(id);
    fact.set_product_id(product);
    fact.set_scheme("MINHANG_YOUPIN");
    fact.set_year(2026);
    fact.set_valid_to_day(
        (valid_to == Date{} ? Date{std::chrono::year{2199} / 1 / 1} : valid_to).time_since_epoch().count());
    fact.set_state(state);
    fact.set_state_since_us(unix_microseconds(at));
    return fact;
}

inline v1::ApplicationMoved step(const char* action, Instant at, const char* reason = "",
                                 const char* awaited = "", std::vector<std::uint64_t> offices = {},
                                 const char* state = "") {
    v1::ApplicationMoved fact;
    fact.set_application_id(5);
    fact.set_product_id(noodles);
    fact.set_scheme("MINHANG_YOUPIN");
    fact.set_year(2026);
    fact.set_action(action);
    fact.set_reason(reason);
    fact.set_at_us(unix_microseconds(at));
    fact.set_awaited_action(awaited);
    for (const auto one : offices) fact.add_awaits()->set_organisation_id(one);
    fact.set_state(state);
    return fact;
}

class MessagesTest : public ::testing::Test {
protected:
    MessagesTest() { host_.run(make_service); }

    /// Both houses and what they sell.
    void know_sellers() {
        learn(merchant(1, cooperative));
        learn(merchant(2, elsewhere));
        learn(offer(11, noodles, 1, "箬竹面"));
        learn(offer(12, tea, 2, "高山绿茶"));
    }
    /// As the consumer would, of a frame that was written at that moment.
    template <class Fact>
    void learn(const Fact& fact, std::optional<Instant> at = std::nullopt) {
        const events::Frame frame{"test", 1, at.value_or(now()), {events::Event::of(fact)}};
        host_.transact(
            [&](database::Session& session) { lessons().apply(session, frame, frame.events.front()); });
    }
    Instant now() const { return host_clock().now(); }

    support::Answer get(const std::string& query = "", std::uint64_t organisation = cooperative,
                        const std::string& role = "merchant") {
        return host_.call_as(role, "GET", "/v1/messages" + query, {}, organisation);
    }
    /// The kinds that an organisation is shown, newest first.
    std::vector<std::string> kinds(std::uint64_t organisation = cooperative,
                                   const std::string& role = "merchant", const std::string& query = "") {
        const auto answer = get(query, organisation, role);
        EXPECT_EQ(answer.status, 200) << answer.body;
        std::vector<std::string> found;
        const auto body = answer.json();
        for (const auto& one : body.at("items").as_array()) {
            found.emplace_back(one.at("kind").as_string());
        }
        return found;
    }
    json::value newest(std::uint64_t organisation = cooperative, const std::string& role = "merchant") {
        const auto body = get("?limit=1", organisation, role).json();
        return body.at("items").as_array().empty() ? json::value{} : body.at("items").at(0);
    }
    std::int64_t unread(std::uint64_t organisation = cooperative, const std::string& role = "merchant") {
        return get("/count", organisation, role).json().at("unread").as_int64();
    }
    support::Answer mark(const std::string& body, std::uint64_t organisation = cooperative) {
        return host_.call_as("merchant", "POST", "/v1/messages/read", body, organisation);
    }

    support::Answer open(const std::string& thing, std::int64_t id, std::uint64_t organisation = cooperative,
                         const std::string& role = "merchant", std::optional<Instant> seen_at = {}) {
        const auto seen = seen_at ? R"(,"seen_at":")" + rfc3339(*seen_at) + '"' : std::string{};
        const auto body = R"({"thing":")" + thing + R"(","id":)" + std::to_string(id) + seen + "}";
        return host_.call_as(role, "POST", "/v1/messages/opened", body, organisation);
    }

    const support::TurnableClock& host_clock() const {
        return const_cast<support::ServiceHost&>(host_).clock();
    }

    using Kinds = std::vector<std::string>;
    support::ServiceHost host_{"messages"};
};

}  // namespace shanhai::messages
