#include "certification/application/catalogue_reading.hpp"
#include "typesetter/drawing.hpp"

#include <sys/resource.h>
#include <unistd.h>
#include <exception>
#include <iostream>
#include <iterator>

#if SHANHAI_SANITIZED
/// Pango reads the fonts' settings on a thread of its own. Neither it nor fontconfig is built with the thread
/// sanitizer, which then does not see their locks; what this program does itself it does on one thread.
extern "C" const char* __tsan_default_options();
extern "C" const char* __tsan_default_options() { return "ignore_noninstrumented_modules=1"; }
#endif

namespace {

bool limit(decltype(RLIMIT_AS) resource, rlim_t value) {
    const rlimit both{value, value};
    return setrlimit(resource, &both) == 0;
}

/// A text that costs more than any catalogue does ends this process and nothing else.
bool limit_resources() {
    constexpr rlim_t seconds = 50;
    constexpr rlim_t memory = 1024UL * 1024 * 1024;
    return limit(RLIMIT_CPU, seconds) && limit(RLIMIT_CORE, 0) &&
           (SHANHAI_SANITIZED || limit(RLIMIT_AS, memory));  // Sanitizers map more than there is.
}

int work() {
    constexpr int refused = 3;
    constexpr int not_limited = 5;
    if (!limit_resources()) return not_limited;
    try {
        const std::string content{std::istreambuf_iterator<char>{std::cin}, {}};
        const auto pages = shanhai::typesetter::pdf_of(shanhai::certification::catalogue_of(content));
        std::cout.write(pages.data(), static_cast<std::streamsize>(pages.size())).flush();
        return std::cout ? 0 : refused;
    } catch (const std::exception&) {
        return refused;
    }
}

}  // namespace

int main() { _exit(work()); }
