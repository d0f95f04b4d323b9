#include "chassis/http/response_writer.hpp"

#include <gtest/gtest.h>
#include <set>

namespace shanhai::http {
namespace {

std::string head_of(const Response& response, const ResponseFrame& frame = {}) {
    std::string head;
    write_head(head, response, frame);
    return head;
}

TEST(ResponseWriter, SaysWhatEveryResponseSays) {
    Response response;
    response.body = "{}";
    const auto head = head_of(response);
    EXPECT_TRUE(head.starts_with("HTTP/1.1 200 OK\r\nDate: "));
    EXPECT_TRUE(head.ends_with("\r\n\r\n"));
    for (const auto* line : {"\r\nContent-Length: 2\r\n", "\r\nContent-Type: application/json\r\n",
                             "\r\nX-Content-Type-Options: nosniff\r\n", " GMT\r\n"}) {
        EXPECT_NE(head.find(line), std::string::npos) << line;
    }
    EXPECT_EQ(head.find("Server:"), std::string::npos);
    EXPECT_EQ(head.find("Connection:"), std::string::npos);
}

TEST(ResponseWriter, GivesNoLengthWhereNoBodyMayBe) {
    for (const int status : {204, 304}) {
        Response response;
        response.status = status;
        EXPECT_EQ(head_of(response).find("Content-"), head_of(response).find("Content-Type-Options"))
            << status;
    }
}

TEST(ResponseWriter, LetsNobodySplitItsResponses) {
    Response response;
    response.content_type = "text/html\r\nX: y";
    response.headers.emplace_back("Location", "/a\r\nSet-Cookie: b");
    response.headers.emplace_back("X\r\nY", "z");
    response.headers.emplace_back("Link", "</山>; rel=next");
    const auto head = head_of(response);
    EXPECT_EQ(head.find("Set-Cookie"), std::string::npos);
    EXPECT_EQ(head.find("X: y"), std::string::npos);
    EXPECT_EQ(head.find("Y: z"), std::string::npos);
    EXPECT_NE(head.find("Link: </山>; rel=next\r\n"), std::string::npos);
}

/// Whatever its length and wherever it stands: lines are looked at several bytes at a time.
TEST(ResponseWriter, LeavesOutALineWithAControlCharacterAnywhere) {
    for (std::size_t length = 1; length <= 18; ++length) {
        for (std::size_t at = 0; at < length; ++at) {
            for (int byte = 0; byte < 256; ++byte) {
                Response response;
                std::string value(length, 'a');
                value[at] = static_cast<char>(byte);
                response.headers.emplace_back("X", value);
                const bool control = (byte < 0x20 && byte != '\t') || byte == 0x7f;
                const bool there = head_of(response).find("\r\nX: " + value + "\r\n") != std::string::npos;
                ASSERT_NE(there, control) << "byte " << byte << " at " << at << " of " << length;
            }
        }
    }
}

TEST(ResponseWriter, SaysWhatBecomesOfTheConnection) {
    ResponseFrame frame;
    frame.keep_alive = false;
    EXPECT_NE(head_of({}, frame).find("\r\nConnection: close\r\n"), std::string::npos);
    frame.keep_alive = true;
    frame.version = 10;
    EXPECT_NE(head_of({}, frame).find("\r\nConnection: keep-alive\r\n"), std::string::npos);
}

TEST(Traceparent, IsTakenOnlyWhenItIsValid) {
    const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    EXPECT_EQ(trace_id_of("00-" + trace + "-00f067aa0ba902b7-01"), trace);
    EXPECT_EQ(trace_id_of("42-" + trace + "-00f067aa0ba902b7-01-of-a-later-version"), trace);
    for (const auto& bad : {
             std::string{},
             "00-" + trace + "-00f067aa0ba902b7-01-more",
             "00-" + trace + "-00f067aa0ba902b7",
             "00-" + trace + "-0000000000000000-01",
             "ff-" + trace + "-00f067aa0ba902b7-01",
             "42-" + trace + "-00f067aa0ba902b7-01more",
             std::string{"00-00000000000000000000000000000000-00f067aa0ba902b7-01"},
             std::string{"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"},
             std::string{"00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01"},
             "00_" + trace + "_00f067aa0ba902b7_01",
         }) {
        EXPECT_EQ(trace_id_of(bad), "") << bad;
    }
}

TEST(TraceIds, AreWellFormedAndDiffer) {
    TraceIds ids;
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string trace{ids.trace_id()};
        EXPECT_EQ(trace_id_of("00-" + trace + "-" + std::string{ids.span_id()} + "-01"), trace);
        EXPECT_TRUE(seen.insert(trace).second);
    }
}

}  // namespace
}  // namespace shanhai::http
