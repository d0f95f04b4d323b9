#pragma once

#include "chassis/security/crypto.hpp"
#include "vocabulary/time.hpp"
#include "vocabulary/trade.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace shanhai::audit {

// A flat JSON object in the canonical form of RFC 8785, written or read member by member. Whoever uses them
// names the members in the order of their names; all numbers are whole.

class CanonicalWriter {
public:
    void text(std::string_view name, std::string_view value);
    void natural(std::string_view name, std::uint64_t value) { raw(name, std::to_string(value)); }
    void integer(std::string_view name, std::int64_t value) { raw(name, std::to_string(value)); }
    void boolean(std::string_view name, bool value) { raw(name, value ? "true" : "false"); }
    void constant(std::string_view name, std::string_view value) { text(name, value); }
    void moment(std::string_view name, Instant at) { text(name, rfc3339(at)); }
    void month(std::string_view name, Instant at) { text(name, Month::of(at).text()); }
    void hex(std::string_view name, std::string_view bytes) { text(name, security::hex(bytes)); }
    template <class Id>
    void id(std::string_view name, Id value) {
        natural(name, static_cast<std::uint64_t>(value));
    }
    template <class Amount>
    void amount(std::string_view name, Amount value) {
        integer(name, value.count());
    }
    template <class E>
    void name(std::string_view member, E value) {
        text(member, wire_name(value));
    }

    std::string finish() { return json_ + '}'; }

private:
    void raw(std::string_view name, std::string_view value);

    std::string json_ = "{";
};

/// Reads what CanonicalWriter wrote, the same members in the same order. After the first thing that is not as
/// it must be, nothing more is read; look at `complete`.
class CanonicalReader {
public:
    explicit CanonicalReader(std::string_view json) : rest_{json} { take("{"); }

    void text(std::string_view name, std::string& into);
    void natural(std::string_view name, std::uint64_t& into);
    void integer(std::string_view name, std::int64_t& into);
    void integer(std::string_view name, std::int32_t& into);
    void boolean(std::string_view name, bool& into);
    void constant(std::string_view name, std::string_view value);
    void moment(std::string_view name, Instant& into);
    void month(std::string_view name, Instant);  ///< Follows from another member: only its place is read.
    void hex(std::string_view name, std::string& into);
    template <class Id>
    void id(std::string_view name, Id& into) {
        std::uint64_t value = 0;
        natural(name, value);
        into = static_cast<Id>(value);
    }
    template <class Amount>
    void amount(std::string_view name, Amount& into) {
        std::int64_t value = 0;
        integer(name, value);
        into = Amount{value};
    }
    template <class E>
    void name(std::string_view member, E& into) {
        std::string wire;
        text(member, wire);
        const auto value = from_wire_name<E>(wire);
        if (value) into = *value;
        good_ = good_ && value.has_value();
    }

    /// Whether every member was there and nothing else.
    bool complete() {
        take("}");
        return good_ && rest_.empty();
    }

private:
    void begin(std::string_view name);
    void take(std::string_view expected);
    std::string quoted();

    std::string_view rest_;
    bool good_ = true;
    bool first_ = true;
};

}  // namespace shanhai::audit
