#include "integration/catalog/fixture.hpp"

namespace shanhai::catalog {
namespace {

/// A merchant's owner, and the telephone at which the house serves its customers.
class ServicePhoneOfAHouse : public Catalog {
protected:
    Answer change(const json::object& body, const std::string& etag = "*",
                  std::uint64_t organisation = cooperative, const char* role = "owner") {
        std::vector<std::pair<std::string, std::string>> headers{
            {"Authorization", host_.bearer(role, organisation)}};
        if (!etag.empty()) headers.emplace_back("If-Match", etag);
        return host_.call("PUT", target_ + "/service-phone", text(body), headers);
    }
    std::string shown() { return std::string{get(target_).json().at("service_phone").as_string()}; }

    const std::string target_ = "/v1/merchants/" + std::to_string(add_merchant());
};

TEST_F(ServicePhoneOfAHouse, IsItsOwnersToChange) {
    const auto before = get(target_);
    const auto changed = change({{"service_phone", "400-810-1234"}}, before.header("ETag"));
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.json().at("service_phone").as_string(), "4008101234");
    EXPECT_EQ(shown(), "4008101234");
    auto rest = before.json().as_object();
    auto now_shown = get(target_).json().as_object();
    for (auto* one : {&rest, &now_shown}) {
        one->erase("service_phone");
        one->erase("version");
    }
    EXPECT_EQ(rest, now_shown) << "nothing else";
    EXPECT_EQ(get(target_).header("ETag"), changed.header("ETag"));
    EXPECT_EQ(change({{"service_phone", "95588"}}, before.header("ETag")).problem(), "version-stale");
    const auto changes = host_.call_as("operator", "GET", target_ + "/changes").body;
    EXPECT_NE(changes.find("service_phone=08702123456"), std::string::npos) << changes;
    EXPECT_EQ(change({{"service_phone", nullptr}}).status, 200);
    EXPECT_FALSE(get(target_).json().as_object().contains("service_phone"));
}

TEST_F(ServicePhoneOfAHouse, IsRefusedAsTheOperatorsIs) {
    EXPECT_EQ(change({{"service_phone", "95588"}}, "").status, 428);
    EXPECT_EQ(change({}).pointer(), "/service_phone");
    for (const auto* wrong : {"110", "021-64160000-123", "0870-1123456", ""})
        EXPECT_EQ(change({{"service_phone", wrong}}).pointer(), "/service_phone") << wrong;
    EXPECT_EQ(change({{"service_phone", 95588}}).pointer(), "/service_phone");
    EXPECT_EQ(change({{"service_phone", "95588"}, {"name", "别名"}}).pointer(), "/name");
    EXPECT_EQ(shown(), "08702123456");
}

TEST_F(ServicePhoneOfAHouse, IsNobodyElsesToChange) {
    EXPECT_EQ(change({{"service_phone", "95588"}}, "*", cooperative + 1).problem(), "not-your-merchant");
    EXPECT_EQ(change({{"service_phone", "95588"}}, "\"old\"", 0).problem(), "not-your-merchant");
    for (const auto* role : {"merchant", "finance", "certifier", "operator"})
        EXPECT_EQ(change({{"service_phone", "95588"}}, "*", cooperative, role).problem(), "role-missing")
            << role;
    EXPECT_EQ(shown(), "08702123456");
}

}  // namespace
}  // namespace shanhai::catalog
