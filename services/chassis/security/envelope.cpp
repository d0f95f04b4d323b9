#include "chassis/security/envelope.hpp"

#include "chassis/security/crypto.hpp"

namespace shanhai::security {
namespace {

constexpr std::size_t key_bytes = 32;

}  // namespace

Envelope seal_in_envelope(std::string_view master_key, std::string_view plain, std::string_view associated) {
    const auto data_key = random_bytes(key_bytes);
    return {seal(master_key, data_key, associated), seal(data_key, plain, associated)};
}

std::optional<std::string> open_envelope(std::string_view master_key, const Envelope& envelope,
                                         std::string_view associated) {
    const auto data_key = open(master_key, envelope.wrapped_key, associated);
    if (!data_key) return std::nullopt;
    return open(*data_key, envelope.sealed, associated);
}

}  // namespace shanhai::security
