#include "newservice/service.hpp"

#include "support/service_host.hpp"

#include <gtest/gtest.h>

namespace shanhai::newservice {
namespace {

class NewserviceTest : public testing::Test {
protected:
    NewserviceTest() { host_.run(make_service); }

    support::Answer list(const std::string& query = "") {
        return host_.call("GET", "/v1/newservice/things" + query);
    }

    support::ServiceHost host_{"newservice"};
};

TEST_F(NewserviceTest, ListsThingsPageByPageAlsoAfterARestart) {
    EXPECT_EQ(list().body, R"({"items":[],"next":null})");
    host_.transact(
        [](database::Session& session) { session.run("INSERT INTO thing (name) VALUES ('one'), ('two')"); });
    host_.run(make_service);
    const auto first = list("?limit=1").json();
    EXPECT_EQ(first.at("items").at(0).at("name"), "one");
    const std::string next{first.at("next").as_string()};
    const auto second = list("?limit=1&cursor=" + next).json();
    EXPECT_EQ(second.at("items").at(0).at("name"), "two");
    EXPECT_TRUE(second.at("next").is_null());
}

TEST_F(NewserviceTest, RefusesPagesThatAreNone) {
    EXPECT_EQ(list("?limit=0").problem(), "validation-failed");
    EXPECT_EQ(list("?cursor=made-up").problem(), "invalid-cursor");
    EXPECT_EQ(list("?colour=red").problem(), "malformed-query");
}

}  // namespace
}  // namespace shanhai::newservice
