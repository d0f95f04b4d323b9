#include "chassis/http/message.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace shanhai::http {
namespace {

Request asking(std::string_view name, std::string_view value) {
    Request request;
    request.headers.emplace_back(name, value);
    return request;
}

std::string header_of(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

TEST(Problems, SayWhatWentWrongAsRfc9457) {
    const auto response = respond_with(invalid_field("/lines/0/quantity", "must be 1 to 99"));
    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(response.content_type, "application/problem+json");
    const auto body = boost::json::parse(response.body);
    EXPECT_EQ(body.at("type"), "urn:shanhai:problem:validation-failed");
    EXPECT_EQ(body.at("title"), "Validation failed");
    EXPECT_EQ(body.at("status"), 422);
    EXPECT_EQ(body.at("code"), "validation-failed");
    EXPECT_EQ(body.at("errors").at(0).at("pointer"), "/lines/0/quantity");
    EXPECT_EQ(body.at("errors").at(0).at("detail"), "must be 1 to 99");
}

TEST(Problems, HaveTheStatusOfTheirFailure) {
    const std::vector<std::pair<Failure, int>> statuses = {
        {Failure::malformed, 400},   {Failure::unauthenticated, 401},
        {Failure::forbidden, 403},   {Failure::not_found, 404},
        {Failure::conflict, 409},    {Failure::precondition, 412},
        {Failure::too_large, 413},   {Failure::unsupported_media_type, 415},
        {Failure::invalid, 422},     {Failure::precondition_required, 428},
        {Failure::too_many, 429},    {Failure::internal, 500},
        {Failure::unavailable, 503},
    };
    for (const auto& [failure, status] : statuses) {
        EXPECT_EQ(respond_with(Error{failure, "some-code", "A sentence."}).status, status);
    }
}

TEST(Problems, KeepTheDetailsOfInternalErrorsToTheLog) {
    const auto response = respond_with(Error{Failure::internal, "no-such-table", "SELECT secret FROM vault"});
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(response.body.find("SELECT"), std::string::npos);
    EXPECT_EQ(response.body.find("no-such-table"), std::string::npos);
}

TEST(Problems, LogTheCauseWithTheTrace) {
    auto response = respond_with(Error{Failure::internal, "no-such-table", "SELECT secret FROM vault"});
    EXPECT_EQ(response.internal_cause, "no-such-table: SELECT secret FROM vault");
    ::testing::internal::CaptureStderr();
    name_trace(response, "0af7651916cd43dd8448eb211c80319c");
    const auto logged = ::testing::internal::GetCapturedStderr();
    EXPECT_NE(logged.find("no-such-table"), std::string::npos) << logged;
    EXPECT_NE(logged.find("0af7651916cd43dd8448eb211c80319c"), std::string::npos) << logged;
}

TEST(Problems, SayWhenToTryAgain) {
    Error busy{Failure::too_many, "too-many", "Slow down."};
    EXPECT_EQ(header_of(respond_with(busy), "Retry-After"), "");
    EXPECT_EQ(header_of(respond_with(busy.retry_after(std::chrono::seconds{30})), "Retry-After"), "30");
    EXPECT_EQ(header_of(respond_with(Error{Failure::unavailable, "busy", "Busy."}), "Retry-After"), "1");
    EXPECT_EQ(
        header_of(respond_with(Error{Failure::unauthenticated, "token-missing", "Who?"}), "WWW-Authenticate"),
        "Bearer");
}

TEST(Problems, NameTheTrace) {
    auto response = respond_with(Error{Failure::not_found, "not-found", "Nothing."});
    name_trace(response, "0123456789abcdef0123456789abcdef");
    EXPECT_EQ(boost::json::parse(response.body).at("trace_id"), "0123456789abcdef0123456789abcdef");
    Response other;
    other.body = "{}";
    name_trace(other, "0123456789abcdef0123456789abcdef");
    EXPECT_EQ(other.body, "{}");
}

TEST(Requests, FindHeadersWithoutCase) {
    const auto request = asking("idempotency-KEY", "k-1");
    EXPECT_EQ(request.header("Idempotency-Key"), "k-1");
    EXPECT_EQ(request.header("Idempotency"), "");
}

TEST(Requests, GiveTheBearerToken) {
    EXPECT_EQ(asking("Authorization", "Bearer abc.def").bearer_token(), "abc.def");
    EXPECT_EQ(asking("Authorization", "bearer abc").bearer_token(), "abc");
    EXPECT_EQ(asking("Authorization", "Basic abc").bearer_token(), "");
    EXPECT_EQ(asking("Authorization", "Bearer").bearer_token(), "");
    EXPECT_EQ(Request{}.bearer_token(), "");
}

TEST(PercentDecoding, RefusesWhatIsBroken) {
    EXPECT_EQ(percent_decoded("a%2Fb+c"), "a/b+c");
    EXPECT_EQ(percent_decoded("a+b", true), "a b");
    for (const auto* broken : {"%", "%2", "%2x", "%00", "a%"})
        EXPECT_EQ(percent_decoded(broken), std::nullopt) << broken;
}

TEST(EntityTags, TellBodiesApart) {
    EXPECT_EQ(etag_of("a"), etag_of("a"));
    EXPECT_NE(etag_of("a"), etag_of("b"));
    EXPECT_TRUE(etag_of("a").starts_with('"') && etag_of("a").ends_with('"'));
}

TEST(EntityTags, SpareTheCallerWhatItHas) {
    Response response;
    response.body = "{}";
    for (const auto* known : {R"("v7")", R"(W/"v7")", R"("v6", "v7")", "*"}) {
        const auto answer = conditional(asking("If-None-Match", known), response, R"("v7")");
        EXPECT_EQ(answer.status, 304) << known;
        EXPECT_EQ(answer.body, "");
        EXPECT_EQ(header_of(answer, "ETag"), R"("v7")");
    }
    for (const auto* known : {R"("v6")", R"("v77")", "v7", ""}) {
        const auto answer = conditional(asking("If-None-Match", known), response, R"("v7")");
        EXPECT_EQ(answer.status, 200) << known;
        EXPECT_EQ(header_of(answer, "ETag"), R"("v7")");
    }
}

TEST(EntityTags, GuardWrites) {
    EXPECT_FALSE(check_if_match(asking("If-Match", R"("v7")"), R"("v7")").has_value());
    EXPECT_FALSE(check_if_match(asking("If-Match", "*"), R"("v7")").has_value());
    EXPECT_EQ(check_if_match(asking("If-Match", R"("v6")"), R"("v7")")->kind(), Failure::precondition);
    EXPECT_EQ(check_if_match(asking("If-Match", R"(W/"v7")"), R"("v7")")->kind(), Failure::precondition);
    EXPECT_EQ(check_if_match(Request{}, R"("v7")")->kind(), Failure::precondition_required);
    for (const auto* list : {R"("v6", "v7")", R"(W/"v7", "v7")", R"("v7-gzip")", R"( "a,b" , "v7" )"}) {
        EXPECT_FALSE(check_if_match(asking("If-Match", list), R"("v7")").has_value()) << list;
    }
    for (const auto* list : {R"("v6", "v8")", R"("v6, v7")", "v7", R"("v77")", R"("v7" x)"}) {
        EXPECT_EQ(check_if_match(asking("If-Match", list), R"("v7")")->kind(), Failure::precondition) << list;
    }
}

}  // namespace
}  // namespace shanhai::http
