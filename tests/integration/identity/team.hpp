#pragma once

#include "integration/identity/onboarding.hpp"

#include "identity/domain/team.hpp"

namespace shanhai::identity {

inline constexpr const char* good_password = "a lantern over the old ferry";

/// A house with its owner, and another one with its own.
class Team : public Onboardings {
protected:
    Team() {
        house_ = let_in(onboarding_body());
        other_ = let_in(onboarding_body("别家", "93530624MA6K00003M", "other.owner"));
        owner_ = token_of("qiongzhu.owner");
    }
    std::uint64_t let_in(const json::object& body) {
        const auto made = applied(body);
        verify(first, made);
        return verify(second, made).json().at("organisation_id").to_number<std::uint64_t>();
    }
    std::string token_of(const std::string& login, const std::string& password = owner_password) {
        return text_of(log_in(login, password), "access_token");
    }
    Answer as(const std::string& token, const std::string& method, const std::string& target,
              const json::object& body = {}) {
        return host_.call(method, target, method == "GET" ? "" : json::serialize(body),
                          {{"Authorization", "Bearer " + token}});
    }
    Answer by_owner(const std::string& method, const std::string& target, const json::object& body = {}) {
        return as(owner_, method, target, body);
    }
    std::string invited(const char* position = "CLERK") {
        const auto answer = by_owner("POST", "/v1/invitations", {{"position", position}});
        EXPECT_EQ(answer.status, 201) << answer.body;
        return text_of(answer, "token");
    }
    Answer accept(const std::string& token, const std::string& login = "wang.fang",
                  const std::string& password = good_password) {
        return host_.call("POST", "/v1/invitations/acceptances",
                          json::serialize(json::object{
                              {"token", token}, {"login", login}, {"name", "王芳"}, {"password", password}}));
    }
    std::uint64_t member(const char* position = "CLERK", const std::string& login = "wang.fang") {
        return accept(invited(position), login).json().at("account_id").to_number<std::uint64_t>();
    }
    Answer preview(const std::string& token) {
        return host_.call("POST", "/v1/invitations/previews",
                          json::serialize(json::object{{"token", token}}));
    }
    Answer reset(const std::string& token, const std::string& password = "nine crooked lanterns") {
        return host_.call("POST", "/v1/auth/password-resets",
                          json::serialize(json::object{{"token", token}, {"new_password", password}}));
    }
    static std::string path(std::uint64_t account) { return "/v1/team/" + std::to_string(account); }
    static std::string reset_path(std::uint64_t account) {
        return "/v1/accounts/" + std::to_string(account) + "/reset-links";
    }
    std::uint64_t account_of(const std::string& login) {
        return static_cast<std::uint64_t>(
            host_.number("SELECT account_id FROM account WHERE login = '" + login + "'"));
    }

    std::uint64_t by_admin(const std::string& target, const json::object& body, const char* member) {
        const auto answer = host_.call_as("admin", "POST", target, json::serialize(body));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.json().at(member).to_number<std::uint64_t>();
    }
    std::uint64_t opened(const std::string& login, const json::array& roles, std::uint64_t house,
                         const char* position = nullptr) {
        json::object body{{"login", login},
                          {"password", owner_password},
                          {"name", "赵六"},
                          {"roles", roles},
                          {"organisation_id", house}};
        if (position != nullptr) body["position"] = position;
        return by_admin("/v1/accounts", body, "account_id");
    }

    /// An administrator asks no second factor of that account.
    void spare(std::uint64_t account) {
        const auto target = "/v1/accounts/" + std::to_string(account) + "/second-factor";
        EXPECT_EQ(host_.call_as("admin", "POST", target, R"({"required":false})").status, 200);
    }

    std::uint64_t house_ = 0;
    std::uint64_t other_ = 0;
    std::string owner_;
};

}  // namespace shanhai::identity
