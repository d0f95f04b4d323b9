#include "chassis/http/idempotency.hpp"

#include <algorithm>

namespace shanhai::http {
namespace {

constexpr std::size_t key_length_max = 255;

}  // namespace

Result<std::string> idempotency_key(std::string_view header) {
    if (header.empty()) {
        return Error{Failure::malformed, "idempotency-key-missing",
                     "this request needs an Idempotency-Key header"};
    }
    if (header.size() >= 2 && header.front() == '"' && header.back() == '"') {
        header = header.substr(1, header.size() - 2);
    }
    const bool printable =
        std::ranges::all_of(header, [](char c) { return c > ' ' && c <= '~' && c != '"'; });
    if (header.empty() || header.size() > key_length_max || !printable) {
        return Error{Failure::malformed, "idempotency-key-malformed",
                     "an Idempotency-Key has 1 to 255 printable ASCII characters without spaces"};
    }
    return std::string{header};
}

}  // namespace shanhai::http
