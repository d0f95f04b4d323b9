#pragma once

#include "support/service_host.hpp"

#include <gtest/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <functional>
#include <set>
#include <string>
#include <vector>

// No request reaches a CHECK. Every CHECK of every schema has a row in the tests that use this: a request
// that would break it and is refused before any SQL, or why no request can. A new CHECK without a row fails.

namespace shanhai::checks {

namespace json = boost::json;
using support::Answer;
using support::ServiceHost;

/// A request that would break a CHECK if nobody looked, and the member at which it is refused (422).
struct Refused {
    const char* check;  ///< "table.constraint"
    const char* role;
    const char* method;
    const char* target;
    std::function<json::object()> body;
    const char* pointer;
};

/// A CHECK of which no request names the columns: only the service's own arithmetic fills them.
struct Internal {
    const char* check;
    const char* why;
};

inline std::set<std::string> checks_of(ServiceHost& host) {
    std::set<std::string> checks;
    host.transact([&](database::Session& session) {
        auto rows = session.query(
            "SELECT table_name, constraint_name FROM information_schema.check_constraints "
            "WHERE constraint_schema = DATABASE() AND table_name NOT IN ('outbox', 'consumed', 'migration', "
            "'relay', 'lease', 'set_aside', 'skipped_frame', 'sequence', 'touch_count', 'touch_note')");
        while (rows.next()) checks.insert(rows.text(0) + "." + rows.text(1));
    });
    return checks;
}

/// Sends every request and compares the rows with the schema.
inline void expect_all(ServiceHost& host, const std::vector<Refused>& refused,
                       const std::vector<Internal>& internal) {
    auto open = checks_of(host);
    const auto all = open;
    for (const auto& one : refused) {
        EXPECT_TRUE(all.contains(one.check)) << one.check << " is no CHECK of this schema";
        open.erase(one.check);
        const auto answer = host.call_as(one.role, one.method, one.target, json::serialize(one.body()));
        EXPECT_EQ(answer.status, 422) << one.check << ": " << answer.body;
        EXPECT_EQ(answer.pointer(), one.pointer) << one.check << ": " << answer.body;
    }
    for (const auto& one : internal) {
        EXPECT_TRUE(all.contains(one.check)) << one.check << " is no CHECK of this schema";
        open.erase(one.check);
    }
    for (const auto& check : open) ADD_FAILURE() << "nothing here says what refuses " << check;
}

inline json::object with(json::object body, std::string_view member, json::value value) {
    body[member] = std::move(value);
    return body;
}

}  // namespace shanhai::checks
