#include "chassis/http/response_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <ctime>
#include <random>

namespace shanhai::http {
namespace {

void append_number(std::string& out, std::uint64_t number) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

/// "Date: …\r\n", made once a second for each thread.
std::string_view date_line() {
    struct Line {
        std::time_t second = -1;
        std::array<char, 48> text{};
        std::size_t size = 0;
    };
    thread_local Line line;
    const auto now = std::time(nullptr);
    if (now != line.second) {
        std::tm parts{};
        gmtime_r(&now, &parts);
        line.size =
            std::strftime(line.text.data(), line.text.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
        line.second = now;
    }
    return {line.text.data(), line.size};
}

bool has_body(int status) { return status != 204 && status != 304 && status >= 200; }

/// What would end a header's line, or mean something to whoever prints it.
bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\t') || byte == 0x7f;
}

/// Whether one of eight bytes may be a control character: is below 0x20, or 0x7f. (Seen from a byte's highest
/// bit after a subtraction; a loan from the byte below only ever raises a false alarm.)
bool may_hold_control(std::uint64_t bytes) {
    constexpr std::uint64_t each = 0x0101'0101'0101'0101;
    const auto below_blank = (bytes - each * 0x20) & ~bytes;
    const auto unlike_delete = bytes ^ (each * 0x7f);
    const auto is_delete = (unlike_delete - each) & ~unlike_delete;
    return ((below_blank | is_delete) & (each * 0x80)) != 0;
}

/// Looks at every byte of every answer's head, eight at a time; the last eight may overlap those before.
bool is_printable(std::string_view text) {
    constexpr std::size_t word = sizeof(std::uint64_t);
    const auto doubtful = [&](std::size_t at) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, text.data() + at, word);
        return may_hold_control(bytes);
    };
    bool may = text.size() < word || doubtful(text.size() - word);
    for (std::size_t at = 0; at + word < text.size(); at += word) may |= doubtful(at);
    return !may || std::ranges::none_of(text, is_control);
}

/// The two hexadecimal digits of each byte.
constexpr auto byte_digits = [] {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<std::array<char, 2>, 256> pairs{};
    for (std::size_t byte = 0; byte < pairs.size(); ++byte)
        pairs[byte] = {digits[byte >> 4], digits[byte & 15]};
    return pairs;
}();

void write_digits(std::uint64_t number, char* to) {
    for (int shift = 56; shift >= 0; shift -= 8, to += 2)
        std::memcpy(to, byte_digits[(number >> shift) & 0xff].data(), 2);
}

bool is_hex(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_zero(std::string_view text) { return text.find_first_not_of('0') == std::string_view::npos; }

}  // namespace

std::string_view reason_of(int status) {
    struct Named {
        int status;
        std::string_view reason;
    };
    static constexpr Named names[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {422, "Unprocessable Content"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
    };
    for (const auto& name : names) {
        if (name.status == status) return name.reason;
    }
    return "Status";
}

void write_head(std::string& out, const Response& response, const ResponseFrame& frame) {
    if (response.status == 200) {
        out.append("HTTP/1.1 200 OK\r\n");
    } else {
        out.append("HTTP/1.1 ");
        append_number(out, static_cast<std::uint64_t>(response.status));
        out.append(" ").append(reason_of(response.status)).append("\r\n");
    }
    out.append(date_line());
    if (has_body(response.status)) {
        out.append("Content-Length: ");
        append_number(out, response.content().size());
        out.append("\r\n");
    }
    if (!response.content_type.empty() && has_body(response.status) && is_printable(response.content_type)) {
        out.append("Content-Type: ").append(response.content_type).append("\r\n");
    }
    if (!frame.keep_alive) {
        out.append("Connection: close\r\n");
    } else if (frame.version == 10) {
        out.append("Connection: keep-alive\r\n");
    }
    for (const auto& [name, value] : response.headers) {
        if (is_printable(name) && is_printable(value))
            out.append(name).append(": ").append(value).append("\r\n");
    }
    if (!frame.trace_id.empty()) {
        out.append("traceparent: 00-")
            .append(frame.trace_id)
            .append("-")
            .append(frame.span_id)
            .append("-01\r\n");
    }
    if (frame.secure) out.append("Strict-Transport-Security: max-age=31536000\r\n");
    out.append("X-Content-Type-Options: nosniff\r\n\r\n");
}

// version-traceid-parentid-flags: 2, 32, 16 and 2 lowercase digits. A version we do not know may go on.
std::string_view trace_id_of(std::string_view traceparent) {
    constexpr std::size_t known_size = 55;
    if (traceparent.size() < known_size) return {};
    if (traceparent[2] != '-' || traceparent[35] != '-' || traceparent[52] != '-') return {};
    const auto version = traceparent.substr(0, 2);
    const auto trace = traceparent.substr(3, 32);
    const auto parent = traceparent.substr(36, 16);
    if (!is_hex(version) || !is_hex(trace) || !is_hex(parent) || !is_hex(traceparent.substr(53, 2)))
        return {};
    if (version == "ff" || is_zero(trace) || is_zero(parent)) return {};
    if (version == "00" && traceparent.size() != known_size) return {};
    if (traceparent.size() > known_size && traceparent[known_size] != '-') return {};
    return trace;
}

TraceIds::TraceIds() {
    std::random_device source;
    for (auto& word : state_) {
        word = (static_cast<std::uint64_t>(source()) << 32) | source() | 1;  // Never all zero.
    }
}

/// xoroshiro128+ (Blackman and Vigna).
std::uint64_t TraceIds::next() {
    const auto rotated = [](std::uint64_t word, int by) { return (word << by) | (word >> (64 - by)); };
    const auto first = state_[0];
    auto second = state_[1];
    const auto result = first + second;
    second ^= first;
    state_[0] = rotated(first, 24) ^ second ^ (second << 16);
    state_[1] = rotated(second, 37);
    return result;
}

std::string_view TraceIds::trace_id() {
    write_digits(next(), trace_.data());
    write_digits(next() | 1, trace_.data() + 16);
    return {trace_.data(), trace_.size()};
}

std::string_view TraceIds::span_id() {
    write_digits(next() | 1, span_.data());
    return {span_.data(), span_.size()};
}

}  // namespace shanhai::http
