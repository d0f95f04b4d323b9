#include "integration/catalog/fixture.hpp"

#include "catalog/events/learned.hpp"
#include "shanhai/event/v1/identity.pb.h"

namespace shanhai::catalog {
namespace {

constexpr const char* former = "大关县翠竹专业合作社（示例）";  // Of merchant_body.

/// Identity tells that a house is called otherwise than before.
class RenamedHouses : public Catalog {
protected:
    void SetUp() override {
        post("/v1/counties", county_body());
        merchant_ = made(post("/v1/merchants", merchant_body()), "merchant_id");
        product_ = made(post("/v1/products", product_body(merchant_), "merchant", cooperative), "product_id");
    }
    template <class Fact>
    void hear(const Fact& fact) {
        MysqlCatalogStore store{host_.pool(), announce, [] {}};
        const auto event = events::Event::of(fact);
        const events::Frame frame{"identity", 1, now(), {event}};
        host_.transact([&](database::Session& session) { lessons(store).apply(session, frame, event); });
    }
    void rename(const char* name, std::uint64_t house = cooperative) {
        event::v1::OrganisationRegistered told;
        told.set_organisation_id(house);
        told.set_name(name);
        told.set_kind("MERCHANT");
        told.set_county_code("530624");
        told.set_corrected_by(12);
        hear(told);
    }
    std::string path() const { return "/v1/merchants/" + std::to_string(merchant_); }
    std::string name_shown() { return std::string{get(path()).json().at("name").as_string()}; }
    json::array changes() {
        return host_.call_as("operator", "GET", path() + "/changes").json().at("items").as_array();
    }

    std::uint64_t merchant_ = 0;
    std::uint64_t product_ = 0;
};

TEST_F(RenamedHouses, TakeTheirMerchantWithThem) {
    rename("大关县筇竹有限公司");
    EXPECT_TRUE(support::eventually([&] { return name_shown() == "大关县筇竹有限公司"; }));
    EXPECT_EQ(get(path()).json().at("version").to_number<int>(), 2);
    const auto product = get("/v1/products/" + std::to_string(product_)).json();
    EXPECT_EQ(product.at("merchant").at("name").as_string(), "大关县筇竹有限公司");
    ASSERT_EQ(changes().size(), 1U);
    EXPECT_EQ(changes().at(0).at("by_account").to_number<int>(), 12);
    EXPECT_NE(std::string{changes().at(0).at("was").as_string()}.find(former), std::string::npos);
    const auto told = support::told_facts<event::v1::MerchantRegistered>(host_);
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.back().name(), "大关县筇竹有限公司") << "those who sell and count hear of it";
    rename("大关县筇竹有限公司");
    EXPECT_EQ(changes().size(), 1U) << "hearing it twice is no harm";
}

TEST_F(RenamedHouses, LeaveAMerchantItsOwnName) {
    const auto own = merchant_body("翠竹小铺");
    ASSERT_EQ(put(path(), own, get(path()).header("ETag")).status, 200);
    rename("大关县筇竹有限公司");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM merchant WHERE name = '翠竹小铺' AND version = 2"), 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM organisation WHERE name = '大关县筇竹有限公司'"), 1);
}

TEST_F(RenamedHouses, LeaveAnotherMerchantItsName) {
    auto other = merchant_body("大关县筇竹有限公司");
    other["organisation_id"] = nullptr;
    ASSERT_EQ(post("/v1/merchants", other).status, 201);
    rename("大关县筇竹有限公司");
    EXPECT_EQ(name_shown(), former);
    EXPECT_TRUE(changes().empty());
    rename("大关县筇竹股份有限公司");
    EXPECT_EQ(name_shown(), former) << "it no longer was called as the house was";
}

TEST_F(RenamedHouses, BecomeMerchantsByTheirNewName) {
    constexpr std::uint64_t house = 77;
    event::v1::OrganisationRegistered registered;
    registered.set_organisation_id(house);
    registered.set_name(former);
    registered.set_kind("MERCHANT");
    hear(registered);
    event::v1::MerchantVerified verified;
    verified.set_organisation_id(house);
    verified.set_name(former);
    verified.set_kind("COOPERATIVE");
    verified.set_uscc("93530624MA6K00000C");
    verified.set_county_code("530624");
    verified.set_business_licence("93530624MA6K00000C");
    verified.set_verified_us(unix_microseconds(now()));
    verified.set_first_account(11);
    verified.set_second_account(12);
    hear(verified);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM verified_merchant WHERE hindrance = 'NAME_TAKEN'"), 1);
    rename("大关县筇竹专业合作社", house);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM verified_merchant WHERE hindrance IS NULL"), 1);
    EXPECT_EQ(
        host_.number(
            "SELECT COUNT(*) FROM merchant WHERE name = '大关县筇竹专业合作社' AND organisation_id = 77"),
        1);
}

}  // namespace
}  // namespace shanhai::catalog
