#pragma once

#include "chassis/http/message.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace shanhai::http {

/// The words for a status: "Not Found".
std::string_view reason_of(int status);

/// What a response's head says beside what the handler said.
struct ResponseFrame {
    bool keep_alive = true;
    unsigned version = 11;      ///< Of the request: HTTP/1.0 must be told that the connection stays.
    bool head_only = false;     ///< The answer to HEAD: with the length of a body that does not follow.
    std::string_view trace_id;  ///< Empty: no traceparent.
    std::string_view span_id;
    bool secure = false;  ///< The client came by https, and is told to come so again (RFC 6797).
};

/// Appends the response's head, and nothing of its body, to `out`. Header values with line breaks are
/// left out: nobody splits our responses.
void write_head(std::string& out, const Response& response, const ResponseFrame& frame);

/// Takes the trace id out of a W3C `traceparent`; nothing when it is invalid.
std::string_view trace_id_of(std::string_view traceparent);

/// Random ids in hex, from a generator of the thread's own: unguessable is not asked of them, only unique.
class TraceIds {
public:
    TraceIds();
    /// 32 digits; valid until the next call.
    std::string_view trace_id();
    /// 16 digits; valid until the next call.
    std::string_view span_id();

private:
    std::uint64_t next();

    std::array<std::uint64_t, 2> state_{};
    std::array<char, 32> trace_{};
    std::array<char, 16> span_{};
};

}  // namespace shanhai::http
