#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai {

/// A text as a JSON string, in quotes, as RFC 8785 writes it. It is valid UTF-8.
std::string canonical_text(std::string_view text);

/// A JSON object in the one form that RFC 8785 (JSON Canonicalization Scheme) gives it, so that the same
/// content has the same bytes, and the same hash, whoever writes it: members sorted by name, no blanks, only
/// what must be is escaped, UTF-8. Of texts, whole numbers, null and lists of such objects: nothing that two
/// programs could write differently.
class CanonicalObject {
public:
    /// Beyond it a reader that keeps numbers as doubles would read another one.
    static constexpr std::int64_t number_max = (std::int64_t{1} << 53) - 1;

    /// Names are printable ASCII, in whose bytes the order is RFC 8785's (by UTF-16); a name that is set
    /// again has its last value. Texts are valid UTF-8. Throws std::logic_error for another name, and for a
    /// number beyond +-number_max.
    CanonicalObject& set(std::string_view name, std::string_view text);
    CanonicalObject& set(std::string_view name, std::int64_t number);
    CanonicalObject& set_null(std::string_view name);
    CanonicalObject& set(std::string_view name, const std::vector<CanonicalObject>& list);

    std::string text() const;

private:
    CanonicalObject& keep(std::string_view name, std::string value);

    std::map<std::string, std::string> members_;  // Name to written value.
};

}  // namespace shanhai
