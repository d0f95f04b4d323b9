#include "audit/domain/canonical.hpp"

#include "vocabulary/canonical_json.hpp"

#include <charconv>
#include <limits>

namespace shanhai::audit {
namespace {

constexpr std::string_view escaped = "\"\\\b\t\n\f\r";
constexpr std::string_view letters = "\"\\btnfr";

}  // namespace

void CanonicalWriter::raw(std::string_view name, std::string_view value) {
    if (json_.size() > 1) json_ += ',';
    json_ += '"';
    json_ += name;
    json_ += "\":";
    json_ += value;
}

void CanonicalWriter::text(std::string_view name, std::string_view value) {
    raw(name, canonical_text(value));
}

void CanonicalReader::take(std::string_view expected) {
    good_ = good_ && rest_.starts_with(expected);
    if (good_) rest_.remove_prefix(expected.size());
}

void CanonicalReader::begin(std::string_view name) {
    take(first_ ? "\"" : ",\"");
    first_ = false;
    take(name);
    take("\":");
}

std::string CanonicalReader::quoted() {
    std::string value;
    take("\"");
    while (good_ && !rest_.empty() && rest_.front() != '"') {
        if (rest_.front() != '\\') {
            value += rest_.front();
            rest_.remove_prefix(1);
            continue;
        }
        const auto at = rest_.size() < 2 ? std::string_view::npos : letters.find(rest_[1]);
        if (at != std::string_view::npos) {
            value += escaped[at];
            rest_.remove_prefix(2);
            continue;
        }
        const auto code = rest_.starts_with("\\u00") ? security::from_hex(rest_.substr(4, 2)) : std::nullopt;
        good_ = code && code->size() == 1;
        if (!good_) break;
        value += *code;
        rest_.remove_prefix(6);
    }
    take("\"");
    return value;
}

void CanonicalReader::text(std::string_view name, std::string& into) {
    begin(name);
    into = quoted();
}

void CanonicalReader::natural(std::string_view name, std::uint64_t& into) {
    begin(name);
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), into);
    good_ = good_ && error == std::errc{};
    if (good_) rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
}

void CanonicalReader::integer(std::string_view name, std::int64_t& into) {
    begin(name);
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), into);
    good_ = good_ && error == std::errc{};
    if (good_) rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
}

void CanonicalReader::integer(std::string_view name, std::int32_t& into) {
    std::int64_t value = 0;
    integer(name, value);
    good_ = good_ && value >= std::numeric_limits<std::int32_t>::min() &&
            value <= std::numeric_limits<std::int32_t>::max();
    if (good_) into = static_cast<std::int32_t>(value);
}

void CanonicalReader::boolean(std::string_view name, bool& into) {
    begin(name);
    into = rest_.starts_with("true");
    take(into ? "true" : "false");
}

void CanonicalReader::constant(std::string_view name, std::string_view value) {
    begin(name);
    good_ = quoted() == value && good_;
}

void CanonicalReader::moment(std::string_view name, Instant& into) {
    begin(name);
    const auto at = parse_rfc3339(quoted());
    good_ = good_ && at;
    if (good_) into = *at;
}

void CanonicalReader::month(std::string_view name, Instant) {
    begin(name);
    quoted();
}

void CanonicalReader::hex(std::string_view name, std::string& into) {
    begin(name);
    const auto bytes = security::from_hex(quoted());
    good_ = good_ && bytes;
    if (good_) into = *bytes;
}

}  // namespace shanhai::audit
