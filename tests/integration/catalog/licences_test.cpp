#include "integration/catalog/fixture.hpp"

#include "catalog/events/learned.hpp"
#include "shanhai/event/v1/identity.pb.h"

namespace shanhai::catalog {
namespace {

using namespace std::chrono_literals;

constexpr const char* own_code = "93530624MA6K00000C";
constexpr const char* other_code = "93530624MA6K00001F";
constexpr std::uint64_t house = 77;

event::v1::MerchantVerified verified(const char* name = "大关县筇竹专业合作社",
                                     std::uint64_t organisation = house) {
    event::v1::MerchantVerified fact;
    fact.set_organisation_id(organisation);
    fact.set_name(name);
    fact.set_kind("COOPERATIVE");
    fact.set_uscc(own_code);
    fact.set_county_code("530624");
    fact.set_business_licence(own_code);
    fact.set_verified_us(unix_microseconds(now()));
    fact.set_first_account(11);
    fact.set_second_account(12);
    return fact;
}

class LicencesOfMerchants : public Catalog {
protected:
    void hear(const event::v1::MerchantVerified& fact) {
        MysqlCatalogStore store{host_.pool(), announce, [] {}};
        const auto event = events::Event::of(fact);
        const events::Frame frame{"identity", 1, now(), {event}};
        host_.transact([&](database::Session& session) { lessons(store).apply(session, frame, event); });
    }
    json::array merchants() { return get("/v1/merchants").json().at("items").as_array(); }
    json::array registrations(const char* query = "") {
        const auto target = std::string{"/v1/verified-merchants"} + query;
        return host_.call_as("operator", "GET", target).json().at("items").as_array();
    }
    std::string hindrance() {
        const auto all = registrations("?hindered=true");
        return all.empty() ? "" : std::string{all.at(0).at("hindrance").as_string()};
    }
    json::value shown_merchant() {
        EXPECT_TRUE(support::eventually([&] { return merchants().size() == 1; }));
        return merchants().at(0);
    }
    void sweep() {
        MysqlCatalogStore store{host_.pool(), announce, [] {}};
        ASSERT_TRUE(store.lapse_overdue());
    }
    /// The merchant of the house, with a product that is on sale but for its certification.
    std::uint64_t add_verified(std::int64_t food_until_day = 0) {
        post("/v1/counties", county_body());
        auto fact = verified();
        if (food_until_day != 0) {
            fact.set_food_licence("SC10153062400012");
            fact.set_food_licence_until_day(food_until_day);
        }
        hear(fact);
        const auto merchant = shown_merchant().at("merchant_id").to_number<std::uint64_t>();
        made(post("/v1/products", product_body(merchant), "merchant", house), "product_id");
        return merchant;
    }
    json::object check_body() {
        return {{"business_licence", own_code},
                {"business_licence_until", nullptr},
                {"food_licence_until", nullptr},
                {"note", "核对原件"}};
    }
};

TEST_F(LicencesOfMerchants, RegisterAHouseThatWasVerifiedOnce) {
    post("/v1/counties", county_body());
    hear(verified());
    const auto merchant = shown_merchant();
    EXPECT_EQ(merchant.at("uscc").as_string(), own_code);
    EXPECT_EQ(merchant.at("business_licence").as_string(), own_code);
    EXPECT_EQ(merchant.at("organisation_id").to_number<std::uint64_t>(), house);
    EXPECT_FALSE(merchant.as_object().contains("licence_until"));
    hear(verified());
    hear(verified("另一个名字"));
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM merchant"), 1);
    const auto all = registrations();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all.at(0).at("merchant_id"), merchant.at("merchant_id"));
    EXPECT_TRUE(registrations("?hindered=true").empty());
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM merchant_check WHERE by_account = 12"), 1);
    // Its own people write for it, nobody else's do.
    const auto id = merchant.at("merchant_id").to_number<std::uint64_t>();
    EXPECT_EQ(post("/v1/products", product_body(id), "merchant", house + 1).problem(), "not-your-merchant");
    EXPECT_EQ(post("/v1/products", product_body(id), "merchant", house).status, 201);
}

TEST_F(LicencesOfMerchants, TakeTheMerchantThatTheOperatorKeptForTheHouse) {
    post("/v1/counties", county_body());
    auto by_hand = merchant_body("筇竹社");
    by_hand["organisation_id"] = nullptr;
    by_hand["uscc"] = own_code;
    const auto id = made(post("/v1/merchants", by_hand), "merchant_id");
    hear(verified());
    EXPECT_TRUE(
        support::eventually([&] { return merchants().at(0).as_object().contains("organisation_id"); }));
    const auto merchant = merchants().at(0);
    EXPECT_EQ(merchant.at("merchant_id").to_number<std::uint64_t>(), id);
    EXPECT_EQ(merchant.at("organisation_id").to_number<std::uint64_t>(), house);
    EXPECT_EQ(merchant.at("name").as_string(), "筇竹社");
    const auto changes = host_.call_as("operator", "GET", "/v1/merchants/" + std::to_string(id) + "/changes");
    EXPECT_EQ(changes.json().at("items").as_array().size(), 1U) << "what it was before is kept";
}

TEST_F(LicencesOfMerchants, SayWhatHindersAHouseAndTryAgain) {
    hear(verified());
    EXPECT_EQ(hindrance(), "COUNTY_UNKNOWN");
    EXPECT_TRUE(merchants().empty());
    ASSERT_EQ(post("/v1/counties", county_body()).status, 201);
    EXPECT_EQ(hindrance(), "");
    EXPECT_EQ(shown_merchant().at("name").as_string(), "大关县筇竹专业合作社");
}

TEST_F(LicencesOfMerchants, LeaveAnotherHousesMerchantAlone) {
    post("/v1/counties", county_body());
    auto taken = merchant_body("别家");
    taken["uscc"] = own_code;
    const auto id = made(post("/v1/merchants", taken), "merchant_id");
    hear(verified());
    EXPECT_EQ(hindrance(), "CODE_TAKEN");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM merchant WHERE organisation_id = 77"), 0);
    const auto target = "/v1/merchants/" + std::to_string(id);
    taken["uscc"] = other_code;
    ASSERT_EQ(put(target, taken, get(target).header("ETag")).status, 200);
    EXPECT_EQ(hindrance(), "");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM merchant WHERE organisation_id = 77"), 1);
}

TEST_F(LicencesOfMerchants, TellNamesakesApart) {
    post("/v1/counties", county_body());
    const auto id = made(post("/v1/merchants", merchant_body("大关县筇竹专业合作社")), "merchant_id");
    hear(verified());
    EXPECT_EQ(hindrance(), "NAME_TAKEN");
    const auto target = "/v1/merchants/" + std::to_string(id);
    ASSERT_EQ(put(target, merchant_body("大关县筇竹专业合作社（旧）"), get(target).header("ETag")).status,
              200);
    EXPECT_EQ(hindrance(), "");
}

TEST_F(LicencesOfMerchants, StopTheSalesOfThoseNobodyLookedAtInTime) {
    const auto last = shanghai_date(host_.clock().now()) + std::chrono::days{20};
    const auto id = add_verified(last.time_since_epoch().count());
    const auto due = [&](const char* days) {
        return host_.call_as("operator", "GET", std::string{"/v1/merchant-checks?due_within_days="} + days)
            .json()
            .at("items")
            .as_array();
    };
    EXPECT_TRUE(due("14").empty());
    ASSERT_EQ(due("30").size(), 1U);
    EXPECT_EQ(due("60").at(0).at("due_on").as_string(), date_text(last));
    EXPECT_EQ(due("60").at(0).at("because").as_string(), "LICENCE_ENDS");
    EXPECT_EQ(due("60").at(0).at("days_left").as_int64(), 20);
    EXPECT_EQ(host_.call_as("merchant", "GET", "/v1/merchant-checks").problem(), "role-missing");
    EXPECT_EQ(host_.call_as("operator", "GET", "/v1/merchant-checks?due_within_days=367").status, 422);

    host_.clock().turn(start_of(last + std::chrono::days{1}) - host_.clock().now() - 1h);
    sweep();
    EXPECT_TRUE(offers().back().listed()) << "the last day counts";
    host_.clock().turn(2h);
    sweep();
    EXPECT_FALSE(offers().back().listed());
    const auto target = "/v1/merchants/" + std::to_string(id);
    EXPECT_TRUE(support::eventually([&] { return get(target).json().as_object().contains("lapsed"); }));
    EXPECT_EQ(due("0").at(0).at("days_left").as_int64(), -1);
    EXPECT_EQ(post("/v1/products", product_body(id, "9520000000028", "笋干"), "merchant", house).problem(),
              "merchant-inactive");
    const auto told = offers().size();
    sweep();
    EXPECT_EQ(offers().size(), told) << "once is enough";

    auto renewed = check_body();
    EXPECT_EQ(post(target + "/checks", renewed).pointer(), "/food_licence_until");
    renewed["food_licence_until"] = date_text(last);
    EXPECT_EQ(post(target + "/checks", renewed).pointer(), "/food_licence_until") << "it has ended";
    renewed["food_licence_until"] = date_text(last + std::chrono::days{1000});
    ASSERT_EQ(post(target + "/checks", renewed).status, 201);
    EXPECT_TRUE(offers().back().listed());
    EXPECT_TRUE(due("60").empty());
    const auto checks = host_.call_as("auditor", "GET", target + "/checks").json().at("items").as_array();
    ASSERT_EQ(checks.size(), 2U);
    EXPECT_EQ(checks.at(1).at("note").as_string(), "核对原件");
}

TEST_F(LicencesOfMerchants, ResumeNobodyWhomTheOperatorStopped) {
    const auto id = add_verified();
    const auto target = "/v1/merchants/" + std::to_string(id);
    ASSERT_EQ(post(target + "/active", {{"active", false}}).status, 200);
    ASSERT_EQ(post(target + "/checks", check_body()).status, 201);
    EXPECT_FALSE(offers().back().listed());
    host_.clock().turn(check_every + 24h * 2);
    sweep();
    ASSERT_EQ(post(target + "/active", {{"active", true}}).status, 200);
    EXPECT_FALSE(offers().back().listed()) << "its papers are overdue";
    ASSERT_EQ(post(target + "/checks", check_body()).status, 201);
    EXPECT_TRUE(offers().back().listed());
}

TEST_F(LicencesOfMerchants, NameWhatIsWrongWithACheck) {
    const auto target = "/v1/merchants/" + std::to_string(add_verified()) + "/checks";
    const std::pair<const char*, std::function<void(json::object&)>> faults[] = {
        {"/business_licence", [](auto& b) { b["business_licence"] = "x"; }},
        {"/business_licence_until", [](auto& b) { b.erase("business_licence_until"); }},
        {"/business_licence_until", [](auto& b) { b["business_licence_until"] = "2001-01-01"; }},
        {"/food_licence_until", [](auto& b) { b["food_licence_until"] = "2099-01-01"; }},
        {"/note", [](auto& b) { b["note"] = ""; }},
        {"/extra", [](auto& b) { b["extra"] = 1; }},
    };
    for (const auto& [pointer, spoil] : faults) {
        auto body = check_body();
        spoil(body);
        EXPECT_EQ(post(target, body).pointer(), pointer);
    }
    EXPECT_EQ(post(target, check_body(), "merchant", house).problem(), "role-missing");
    EXPECT_EQ(post("/v1/merchants/99/checks", check_body()).problem(), "merchant-unknown");
    EXPECT_EQ(host_.call_as("operator", "GET", "/v1/merchants/99/checks").problem(), "merchant-unknown");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM merchant_check"), 1);
}

TEST_F(LicencesOfMerchants, TellWhatACodeSaysWhileItIsTyped) {
    const auto about = [&](const std::string& code) {
        return get("/v1/credit-codes/" + code).json().as_object();
    };
    EXPECT_EQ(about("93530624"), (json::object{{"valid", false}, {"fault", about("93530624").at("fault")}}));
    EXPECT_FALSE(about("93530624MA6K00000X").at("valid").as_bool());
    std::string of_ideographs;
    for (int i = 0; i < 40; ++i) of_ideographs += "%E7%AC%8B";
    EXPECT_FALSE(about(of_ideographs).at("valid").as_bool());
    const auto unknown = about(own_code);
    EXPECT_TRUE(unknown.at("valid").as_bool());
    EXPECT_EQ(unknown.at("area_code").as_string(), "530624");
    EXPECT_FALSE(unknown.contains("county"));
    EXPECT_FALSE(unknown.at("registered").as_bool());
    hear(verified());
    EXPECT_FALSE(about(own_code).at("registered").as_bool())
        << "it waits for its county, and is in no list yet";
    post("/v1/counties", county_body());
    EXPECT_TRUE(support::eventually([&] { return about(own_code).at("registered").as_bool(); }));
    EXPECT_EQ(about("9353%200624ma6k00000c").at("merchant_id"), shown_merchant().at("merchant_id"));
    EXPECT_EQ(about(own_code).at("county").at("name").as_string(), "大关县");
    EXPECT_EQ(get("/v1/credit-codes/" + std::string(65, '9')).problem(), "credit-code-unknown");
}

}  // namespace
}  // namespace shanhai::catalog
