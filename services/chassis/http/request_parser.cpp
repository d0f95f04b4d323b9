#include "chassis/http/request_parser.hpp"

#include <algorithm>
#include <functional>
#include <optional>

namespace beast = boost::beast;

namespace shanhai::http {
namespace {

constexpr std::size_t headers_max = 100;
/// Of one chunk; nobody uses them, and how much came at once must not decide whether they are read.
constexpr std::size_t chunk_extensions_max = 1024;

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

/// Whether a header's value, of those that end before `end`, was folded over several lines (RFC 9112, section
/// 5.2): then Beast's parser has either put it together elsewhere, or begun it on a later line than its name.
bool is_folded(std::string_view name, std::string_view value, const char* end) {
    const char* const after_colon = name.data() + name.size() + 1;
    const std::less<const char*> before;
    if (before(value.data(), after_colon) || before(end, value.data())) return true;
    const std::string_view gap{after_colon, static_cast<std::size_t>(value.data() - after_colon)};
    return gap.size() > 1 && gap.find('\n') != std::string_view::npos;
}

std::optional<Method> method_of(beast::http::verb verb) {
    switch (verb) {
        case beast::http::verb::get:
            return Method::get;
        case beast::http::verb::head:
            return Method::head;
        case beast::http::verb::post:
            return Method::post;
        case beast::http::verb::put:
            return Method::put;
        case beast::http::verb::patch:
            return Method::patch;
        case beast::http::verb::delete_:
            return Method::remove;
        case beast::http::verb::options:
            return Method::options;
        default:
            return std::nullopt;
    }
}

}  // namespace

RequestParser::RequestParser(Request& request, std::string& chunks, std::uint32_t header_max,
                             std::uint64_t body_max)
    : request_{request}, chunks_{chunks} {
    header_limit(header_max);
    body_limit(body_max);
}

std::size_t RequestParser::put_head(std::string_view head, boost::system::error_code& error) {
    head_end_ = head.data() + head.size();
    return put(boost::asio::const_buffer{head.data(), head.size()}, error);
}

void RequestParser::on_request_impl(beast::http::verb verb, Text, Text sent_target, int sent_version, Code&) {
    const auto method = method_of(verb);
    unknown_method = !method;
    request_.method = method.value_or(Method::get);
    version = static_cast<unsigned>(sent_version);
    target = view(sent_target);
}

void RequestParser::on_field_impl(beast::http::field name, Text name_text, Text value, Code& error) {
    if (head_done) return;  // Trailers of a chunked body: nobody asked for them.
    if (request_.headers.size() == headers_max) {
        error = beast::http::error::header_limit;
        return;
    }
    if (is_folded(view(name_text), view(value), head_end_)) {
        error = beast::http::error::bad_value;
        return;
    }
    request_.headers.emplace_back(view(name_text), view(value));
    if (name == beast::http::field::content_length) {
        ++lengths;
        const bool plain = value.find_first_not_of("0123456789") == beast::string_view::npos;
        if (!plain) error = beast::http::error::bad_content_length;  // "5, 5" and the like.
    }
    if (name == beast::http::field::host) {
        ++hosts;
        host = view(value);
    }
    if (name == beast::http::field::content_encoding && !value.empty()) {
        other_coding = other_coding || !equal_without_case(view(value), "identity");
    }
    if (name == beast::http::field::transfer_encoding) {
        ++encodings;
        chunks_last = equal_without_case(view(value), "chunked");
    }
    if (name == beast::http::field::expect) {
        expects_continue = equal_without_case(view(value), "100-continue");
    }
}

void RequestParser::on_chunk_header_impl(std::uint64_t, Text extensions, Code& error) {
    // Beast takes line feeds within quotes, and where a line ends must not depend on what came with it.
    const bool controls = std::ranges::any_of(extensions, [](char c) { return c == '\n' || c == '\r'; });
    if (extensions.size() > chunk_extensions_max || controls) error = beast::http::error::bad_chunk_extension;
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text body, Code&) {
    chunks_.append(body.data(), body.size());
    return body.size();
}

}  // namespace shanhai::http
