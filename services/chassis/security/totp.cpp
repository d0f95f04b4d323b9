#include "chassis/security/totp.hpp"

#include <liboath/oath.h>
#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace shanhai::security {
namespace {

constexpr unsigned digits = 6;

void must(int code, const char* what) {
    if (code < 0) throw std::runtime_error{std::string{what} + ": " + oath_strerror(code)};
}

/// The library is made ready once, before anything is asked of it.
void make_ready() {
    static const bool ready = [] {
        must(oath_init(), "oath_init");
        return true;
    }();
    (void)ready;
}

}  // namespace

std::int64_t totp_step(Instant at) {
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count() / totp_period.count();
}

std::string totp_code(std::string_view secret, std::int64_t step) {
    make_ready();
    std::array<char, digits + 1> code{};
    must(oath_hotp_generate(secret.data(), secret.size(), static_cast<std::uint64_t>(step), digits, false,
                            OATH_HOTP_DYNAMIC_TRUNCATION, code.data()),
         "oath_hotp_generate");
    return std::string{code.data(), digits};
}

std::string base32(std::string_view data) {
    make_ready();
    char* text = nullptr;
    std::size_t size = 0;
    must(oath_base32_encode(data.data(), data.size(), &text, &size), "oath_base32_encode");
    const std::unique_ptr<char, decltype(&std::free)> owned{text, &std::free};
    return std::string{text, size};
}

}  // namespace shanhai::security
