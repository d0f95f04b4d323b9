#include "chassis/http/message.hpp"

#include "chassis/http/negotiate.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/security/crypto.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

namespace shanhai::http {
namespace {

bool is_vary(const std::pair<std::string, std::string>& header) {
    return equal_without_case(header.first, "Vary");
}

int status_of(Failure kind) {
    switch (kind) {
        case Failure::malformed:
            return 400;
        case Failure::unauthenticated:
            return 401;
        case Failure::forbidden:
            return 403;
        case Failure::not_found:
            return 404;
        case Failure::conflict:
            return 409;
        case Failure::precondition:
            return 412;
        case Failure::too_large:
            return 413;
        case Failure::unsupported_media_type:
            return 415;
        case Failure::invalid:
            return 422;
        case Failure::precondition_required:
            return 428;
        case Failure::too_many:
            return 429;
        case Failure::internal:
            return 500;
        case Failure::unavailable:
            return 503;
    }
    return 500;
}

/// "sold-out" becomes "Sold out": the same for every occurrence of a problem, as RFC 9457 asks.
std::string title_of(std::string_view code) {
    std::string title{code};
    std::ranges::replace(title, '-', ' ');
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z')
        title[0] = static_cast<char>(title[0] - 'a' + 'A');
    return title;
}

boost::json::array told(const std::vector<FieldError>& fields) {
    boost::json::array errors;
    for (const auto& field : fields) {
        boost::json::object error;
        if (field.parameter.empty()) {
            error["pointer"] = field.pointer;
        } else {
            error["parameter"] = field.parameter;
        }
        error["detail"] = field.detail;
        errors.push_back(std::move(error));
    }
    return errors;
}

Response document(int status, std::string_view code, std::string_view detail,
                  const std::vector<FieldError>& fields) {
    boost::json::object body;
    body["type"] = "urn:shanhai:problem:" + std::string{code};
    body["title"] = title_of(code);
    body["status"] = status;
    body["detail"] = detail;
    body["code"] = code;
    if (!fields.empty()) body["errors"] = told(fields);
    Response response;
    response.status = status;
    response.content_type = problem_type;
    response.body = boost::json::serialize(body);
    return response;
}

int nibble(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Whether a header names the tag, or the one that it has when it was packed on its way. If-None-Match
/// compares weakly, If-Match strongly (RFC 9110, section 8.8.3.2).
bool names_tag(const Request& request, std::string_view header, std::string_view etag, bool weakly) {
    const auto named = entity_tags(request, header);
    if (named.any || named.tags.empty()) return named.any;
    if (etag.starts_with("W/")) {
        if (!weakly) return false;
        etag.remove_prefix(2);
    }
    const auto packed = packed_tag(etag);
    return std::ranges::any_of(named.tags, [&](const EntityTag& tag) {
        return (weakly || !tag.weak) && (tag.text == etag || tag.text == packed);
    });
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::string_view name_of(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::remove:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
    }
    return "";
}

std::string_view Request::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (equal_without_case(key, name)) return value;
    }
    return {};
}

const security::Principal& Request::staff() const {
    if (!principal) throw std::logic_error{"this operation lets people in who are not signed in"};
    return *principal;
}

Reader Request::reader() const {
    if (!principal) return {};
    const bool oversees =
        principal->has("operator") || principal->has("certifier") || principal->has("auditor");
    return {OrganisationId{principal->organisation}, oversees};
}

bool varies_by(const Response& response, std::string_view header) {
    const auto named = std::ranges::find_if(response.headers, is_vary);
    if (named == response.headers.end()) return false;
    for (std::string_view rest = named->second; !rest.empty();) {
        const auto end = std::min(rest.find(','), rest.size());
        if (equal_without_case(trimmed(rest.substr(0, end)), header)) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

void vary_by(Response& response, std::string_view header) {
    if (varies_by(response, header)) return;
    const auto named = std::ranges::find_if(response.headers, is_vary);
    if (named == response.headers.end()) {
        response.headers.emplace_back("Vary", header);
    } else {
        named->second.append(", ").append(header);
    }
}

std::string_view Request::bearer_token() const {
    constexpr std::string_view scheme = "Bearer ";
    const auto value = header("Authorization");
    if (value.size() <= scheme.size() || !equal_without_case(value.substr(0, scheme.size()), scheme))
        return {};
    return trimmed(value.substr(scheme.size()));
}

Response respond_with(const Error& error) {
    if (error.kind() == Failure::internal) {
        auto response =
            document(500, "internal",
                     "Something went wrong on our side; nothing is known to be at fault in the request.", {});
        response.internal_cause = error.code() + ": " + error.message();
        return response;
    }
    auto response = document(status_of(error.kind()), error.code(), error.message(), error.fields());
    if (error.kind() == Failure::unauthenticated) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    auto wait = error.retry_after();
    if (!wait && error.kind() == Failure::unavailable) wait = std::chrono::seconds{1};
    if (wait) response.headers.emplace_back("Retry-After", std::to_string(wait->count()));
    return response;
}

Response problem(int status, std::string_view code, std::string_view detail) {
    return document(status, code, detail, {});
}

void name_trace(Response& response, std::string_view trace_id) {
    if (!response.internal_cause.empty()) {
        observe::log_error("internal-error",
                           response.internal_cause + " (trace " + std::string{trace_id} + ")");
    }
    if (trace_id.empty() || response.content_type != problem_type || !response.body.ends_with('}')) return;
    response.body.pop_back();
    response.body.append(R"(,"trace_id":")").append(trace_id).append("\"}");
}

std::string etag_of(std::string_view body) {
    return '"' + security::base64url(security::sha256(body).substr(0, 12)) + '"';
}

bool has_current(const Request& request, std::string_view etag) {
    return names_tag(request, "If-None-Match", etag, true);
}

Response not_modified(std::string_view etag) {
    Response response;
    response.status = 304;
    response.content_type.clear();
    response.headers.emplace_back("ETag", etag);
    return response;
}

Response conditional(const Request& request, Response response, std::string_view etag) {
    if (has_current(request, etag)) return not_modified(etag);
    response.headers.emplace_back("ETag", etag);
    return response;
}

std::optional<Error> check_if_match(const Request& request, std::string_view etag) {
    if (request.header("If-Match").empty()) {
        return Error{Failure::precondition_required, "if-match-missing",
                     "Name the version you change in If-Match, as its ETag gave it."};
    }
    if (names_tag(request, "If-Match", etag, false)) return std::nullopt;
    return Error{Failure::precondition, "version-stale",
                 "Somebody changed it since you read it; read it again and repeat your change."};
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (text.size() - i < 3) return std::nullopt;
            const auto high = nibble(text[i + 1]);
            const auto low = nibble(text[i + 2]);
            if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
            plain += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            plain += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return plain;
}

}  // namespace shanhai::http
