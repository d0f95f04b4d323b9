// For libFuzzer, a program for each target. See README.md.
#include "fuzz/targets.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto* const target = std::ranges::find(
        shanhai::fuzz::targets, std::string_view{SHANHAI_FUZZ_TARGET}, &shanhai::fuzz::Target::name);
    const auto fault = target->check({reinterpret_cast<const char*>(data), size});
    if (fault.empty()) return 0;
    std::fprintf(stderr, "%s\n", fault.c_str());
    std::abort();
}
