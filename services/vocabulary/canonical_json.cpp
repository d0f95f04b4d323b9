#include "vocabulary/canonical_json.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace shanhai {
namespace {

/// RFC 8785, section 3.2.2.2: two characters where JSON has such an escape, \u00xx for the other controls,
/// and everything else as it is.
void append_escaped(std::string& out, char character) {
    constexpr std::string_view special = "\b\t\n\f\r\"\\";
    constexpr std::string_view letters = "btnfr\"\\";
    constexpr std::string_view digits = "0123456789abcdef";
    if (const auto at = special.find(character); at != std::string_view::npos) {
        out += '\\';
        out += letters[at];
        return;
    }
    const auto code = static_cast<unsigned char>(character);
    if (code >= 0x20) {
        out += character;
        return;
    }
    out += "\\u00";
    out += digits[code >> 4U];
    out += digits[code & 0xFU];
}

bool printable(char character) { return character >= ' ' && character <= '~'; }

}  // namespace

std::string canonical_text(std::string_view text) {
    std::string out = "\"";
    for (const char character : text) append_escaped(out, character);
    return out + '"';
}

CanonicalObject& CanonicalObject::keep(std::string_view name, std::string value) {
    if (!std::ranges::all_of(name, printable)) throw std::logic_error{"a member's name is printable ASCII"};
    members_.insert_or_assign(std::string{name}, std::move(value));
    return *this;
}

CanonicalObject& CanonicalObject::set(std::string_view name, std::string_view text) {
    return keep(name, canonical_text(text));
}

CanonicalObject& CanonicalObject::set(std::string_view name, std::int64_t number) {
    if (number > number_max || number < -number_max)
        throw std::logic_error{"a number that doubles do not hold"};
    return keep(name, std::to_string(number));
}

CanonicalObject& CanonicalObject::set_null(std::string_view name) { return keep(name, "null"); }

CanonicalObject& CanonicalObject::set(std::string_view name, const std::vector<CanonicalObject>& list) {
    std::string value = "[";
    for (const auto& one : list) {
        if (value.size() > 1) value += ',';
        value += one.text();
    }
    return keep(name, value + ']');
}

std::string CanonicalObject::text() const {
    std::string out = "{";
    for (const auto& [name, value] : members_) {
        if (out.size() > 1) out += ',';
        out.append(canonical_text(name)).append(1, ':').append(value);
    }
    return out + '}';
}

}  // namespace shanhai
