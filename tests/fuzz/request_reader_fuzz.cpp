// For libFuzzer: the first byte chooses how the rest is split. See README.md.
#include "fuzz/request_reader_check.hpp"

#include <cstddef>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
    const auto fault = shanhai::fuzz::fault_of_reading(bytes, data[0]);
    if (fault.empty()) return 0;
    std::fprintf(stderr, "%.*s\n", static_cast<int>(fault.size()), fault.data());
    std::abort();
}
