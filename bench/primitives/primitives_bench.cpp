// What every request or order pays for, against the other way to do it: run it before you replace one of
// them.
//
//   build/release/bench/primitives/primitives_bench

#include "chassis/http/message.hpp"
#include "chassis/security/crypto.hpp"

#include <benchmark/benchmark.h>
#include <array>
#include <boost/url/decode_view.hpp>
#include <boost/url/pct_string_view.hpp>

namespace shanhai {
namespace {

/// RFC 2104 with our SHA-256: what OpenSSL's EVP_MAC took the place of.
std::string hmac_by_hand(std::string_view key, std::string_view data) {
    std::string inner{key};
    inner.resize(64);
    auto outer = inner;
    for (auto& byte : inner) byte = static_cast<char>(byte ^ 0x36);
    for (auto& byte : outer) byte = static_cast<char>(byte ^ 0x5c);
    return security::sha256(outer + security::sha256(inner.append(data)));
}

using Mac = std::string (*)(std::string_view, std::string_view);

/// One key after the other, `keys` of them: a thread that answers for several purposes.
template <Mac mac>
void authenticate(benchmark::State& state) {
    std::array<std::string, 8> keys;
    for (auto& key : keys) key = security::random_bytes(32);
    const std::string text(100, 'x');
    if (mac(keys[0], text) != hmac_by_hand(keys[0], text)) state.SkipWithError("another MAC");
    const auto count = static_cast<std::size_t>(state.range(0));
    std::size_t next = 0;
    for (auto _ : state) benchmark::DoNotOptimize(mac(keys[next++ % count], text));
}
BENCHMARK(authenticate<security::hmac_sha256>)->Name("HMAC/EVP_MAC, kept")->Arg(1)->Arg(2);
BENCHMARK(authenticate<hmac_by_hand>)->Name("HMAC/by hand")->Arg(1)->Arg(2);

std::optional<std::string> decoded_by_boost(std::string_view text, bool plus_is_space) {
    const auto encoded = boost::urls::make_pct_string_view({text.data(), text.size()});
    if (!encoded) return std::nullopt;
    boost::urls::encoding_opts options;
    options.space_as_plus = plus_is_space;
    std::string plain;
    encoded->decode(options, boost::urls::string_token::assign_to(plain));
    if (plain.find('\0') != std::string::npos) return std::nullopt;
    return plain;
}

using Decode = std::optional<std::string> (*)(std::string_view, bool);

template <Decode decode>
void undo_percents(benchmark::State& state) {
    constexpr std::array<std::string_view, 2> texts{"%E7%AB%B9%E7%AC%8B",
                                                    "some+text%20with%2Fa+few%20escapes+and+more+letters"};
    const auto text = texts.at(static_cast<std::size_t>(state.range(0)));
    if (decode(text, true) != decoded_by_boost(text, true)) state.SkipWithError("another text");
    for (auto _ : state) benchmark::DoNotOptimize(decode(text, true));
}
BENCHMARK(undo_percents<http::percent_decoded>)->Name("percents/by hand")->Arg(0)->Arg(1);
BENCHMARK(undo_percents<decoded_by_boost>)->Name("percents/Boost.URL")->Arg(0)->Arg(1);

}  // namespace
}  // namespace shanhai

BENCHMARK_MAIN();
