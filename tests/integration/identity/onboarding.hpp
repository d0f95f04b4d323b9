#pragma once

#include "integration/identity/fixture.hpp"

#include "chassis/events/codec.hpp"
#include "identity/application/admitting.hpp"
#include "identity/events/organisation_events.hpp"
#include "shanhai/event/v1/identity.pb.h"
#include "support/told_facts.hpp"

namespace shanhai::identity {

// What applicants send, and how they and the operator's people go about it.

constexpr const char* owner_password = "bamboo and seven rivers";

inline json::object onboarding_body(const std::string& name = "大关县筇竹专业合作社",
                                    const std::string& uscc = "93530624MA6K00000C",
                                    const std::string& login = "qiongzhu.owner") {
    return {{"name", name},
            {"kind", "COOPERATIVE"},
            {"uscc", uscc},
            {"county_code", "530624"},
            {"food_licence", "SC10153062400012"},
            {"food_licence_until", "2099-04-30"},
            {"bank_reference", "****1234"},
            {"contact", {{"name", "李明"}, {"phone", "138-0013-8000"}}},
            {"owner", {{"name", "李明明"}, {"login", login}, {"password", owner_password}}}};
}

class Onboardings : public Identity {
protected:
    Answer apply(const json::object& body, const std::string& key = "") {
        const auto chosen = key.empty() ? "key-" + std::to_string(++keys_) : key;
        return host_.call("POST", "/v1/onboardings", json::serialize(body), {{"Idempotency-Key", chosen}});
    }
    struct Made {
        std::string target;  ///< "/v1/onboardings/1"
        std::string token;
    };
    Made applied(const json::object& body = onboarding_body()) {
        const auto answer = apply(body);
        EXPECT_EQ(answer.status, 201) << answer.body;
        return {answer.header("Location"), text_of(answer, "access_token")};
    }
    Answer by_applicant(const Made& made, const std::string& method, const std::string& below = "",
                        const json::object& body = {}) {
        return host_.call(method, made.target + below, method == "GET" ? "" : json::serialize(body),
                          {{"Onboarding-Access-Token", made.token}});
    }
    /// A request of an operator's account of that number, of a house or of none.
    Answer by_operator(std::uint64_t account, const std::string& method, const std::string& target,
                       const json::object& body = {}, std::uint64_t house = 0) {
        const security::TokenSigner signer{host_.secrets().read("access_token_private")};
        const security::Principal somebody{account, house, "somebody", {"operator"}};
        const auto token = signer.sign(somebody, host_.clock().now(), 10min);
        return host_.call(method, target, method == "GET" ? "" : json::serialize(body),
                          {{"Authorization", "Bearer " + token}});
    }
    Answer step(std::uint64_t account, const Made& made, json::object body, std::uint64_t house = 0) {
        if (!body.contains("version")) body["version"] = 1;
        return by_operator(account, "POST", made.target + "/steps", body, house);
    }
    Answer verify(std::uint64_t account, const Made& made, int version = 1) {
        return step(account, made, {{"action", "VERIFY"}, {"version", version}});
    }
    /// What the service's own sweeper does in its own time.
    void sweep() {
        Admitting admitting{
            host_.pool(), ApplicantVault{host_.secrets().key("identity_vault")}, {publish_moved, {}, [] {}}};
        const auto done = admitting.lapse();
        ASSERT_TRUE(done) << done.error().message();
    }
    std::vector<event::v1::MerchantVerified> told() {
        return support::told_facts<event::v1::MerchantVerified>(host_);
    }

    static constexpr std::uint64_t first = 101;
    static constexpr std::uint64_t second = 102;

private:
    int keys_ = 0;
};

}  // namespace shanhai::identity
