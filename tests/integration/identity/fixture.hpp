#pragma once

#include "identity/service.hpp"

#include "chassis/security/access_token.hpp"
#include "chassis/security/crypto.hpp"
#include "identity/store/mysql_identity_store.hpp"
#include "support/service_host.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <thread>

namespace shanhai::identity {
namespace json = boost::json;
using namespace std::chrono_literals;
using support::Answer;

inline std::string text_of(const Answer& answer, std::string_view member) {
    return std::string{answer.json().at(member).as_string()};
}

class Identity : public ::testing::Test {
protected:
    Identity() { host_.run(make_service); }

    Answer log_in(const std::string& login, const std::string& password) {
        json::object body;
        body["login"] = login;
        body["password"] = password;
        return host_.call("POST", "/v1/auth/login", json::serialize(body));
    }
    Answer log_in_as_admin() { return log_in("admin", host_.secrets().read("admin_password")); }
    Answer with_token(const std::string& path, const std::string& refresh_token) {
        json::object body;
        body["refresh_token"] = refresh_token;
        return host_.call("POST", path, json::serialize(body));
    }
    Answer refresh(const std::string& token) { return with_token("/v1/auth/refresh", token); }
    Answer me(const std::string& access_token) {
        return host_.call("GET", "/v1/auth/me", "", {{"Authorization", "Bearer " + access_token}});
    }
    std::uint64_t open_account(const std::string& login, const std::string& password) {
        json::object body;
        body["login"] = login;
        body["password"] = password;
        body["name"] = "李明";
        body["roles"] = json::array{"merchant", "operator"};
        const auto answer = host_.call_as("admin", "POST", "/v1/accounts", json::serialize(body));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.json().at("account_id").to_number<std::uint64_t>();
    }
    std::int64_t live_sessions() {
        return host_.number("SELECT COUNT(*) FROM session WHERE ended_at IS NULL");
    }

    std::int64_t live_sessions_of(const std::string& login) {
        return host_.number(
            "SELECT COUNT(*) FROM session s JOIN account a ON a.account_id = s.account_id "
            "WHERE s.ended_at IS NULL AND a.login = '" +
            login + "'");
    }

    support::ServiceHost host_{"identity"};
};

}  // namespace shanhai::identity
