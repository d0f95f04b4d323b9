#pragma once

#include <string>
#include <string_view>

namespace shanhai::security {

/// A key for MACs and, while it is being replaced, a second one that is accepted too but makes none. The
/// second is the next key on machines that are told of it before the change, the last one after it.
class KeyRing {
public:
    KeyRing() = default;
    explicit KeyRing(std::string current, std::string also = {})
        : current_{std::move(current)}, also_{std::move(also)} {}

    bool empty() const { return current_.empty(); }
    /// HMAC-SHA-256 with the current key, 32 bytes. Throws std::logic_error when there is no key.
    std::string mac(std::string_view message) const;
    /// Whether one of the two keys made this MAC; compares in constant time.
    bool made(std::string_view mac, std::string_view message) const;

private:
    std::string current_;
    std::string also_;
};

}  // namespace shanhai::security
