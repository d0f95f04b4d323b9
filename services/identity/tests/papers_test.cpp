#include "identity/http/onboarding_bodies.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <fstream>
#include <iterator>

namespace shanhai::identity {
namespace {

namespace json = boost::json;

json::value vectors() {
    std::ifstream file{SHANHAI_PAPERS};
    return json::parse(std::string{std::istreambuf_iterator<char>{file}, {}});
}

/// A body of the members at these JSON pointers: "/uscc", "/owner/login".
std::string body_of(json::object members, const json::object& changes) {
    for (const auto& change : changes) members[change.key()] = change.value();
    json::object body;
    for (const auto& member : members) {
        const std::string pointer{member.key()};
        const auto slash = pointer.find('/', 1);
        if (slash == std::string::npos) {
            body[pointer.substr(1)] = member.value();
            continue;
        }
        auto& within = body[pointer.substr(1, slash - 1)];
        if (!within.is_object()) within = json::object{};
        within.as_object()[pointer.substr(slash + 1)] = member.value();
    }
    return json::serialize(body);
}

/// What the service says of it, by pointer.
json::object faults_of(const std::string& body, Date today) {
    http::Request request;
    request.body = body;
    request.headers.emplace_back("Content-Type", "application/json");
    const auto read = onboarding_in(request);
    auto fault = read ? read->papers.fault(today) : std::optional{read.error()};
    json::object faults;
    if (!fault) return faults;
    for (const auto& field : fault->fields()) faults[field.pointer] = field.detail;
    return faults;
}

/// The join form says the same at once, by rules of its own: services/web/tests/paper_rules.test.ts asks it.
TEST(Papers, AreRefusedInTheWordsThatTheFormHasReady) {
    const auto all = vectors();
    const auto today = *parse_date(json::value_to<std::string>(all.at("today")));
    const auto& good = all.at("good").as_object();
    EXPECT_EQ(faults_of(body_of(good, {}), today), json::object{});
    ASSERT_GT(all.at("rows").as_array().size(), 90U);
    for (const auto& row : all.at("rows").as_array()) {
        const auto body = body_of(good, row.at("papers").as_object());
        EXPECT_EQ(faults_of(body, today), row.at("faults").as_object()) << body;
    }
}

}  // namespace
}  // namespace shanhai::identity
