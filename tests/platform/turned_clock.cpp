// Loaded before the C library (LD_PRELOAD) into a platform under test and its database: the wall's time goes
// ahead by as many seconds as the file SHANHAI_TURNED_CLOCK says now, so that a test lives through a year in
// minutes. What pauses by the steady clock notices nothing.

#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>
#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

/// Shared with whoever turns it; nullptr where nobody does.
const volatile std::int64_t* shared() {
    static const auto* const mapped = [] {
        const volatile std::int64_t* found = nullptr;
        const char* const path = std::getenv("SHANHAI_TURNED_CLOCK");
        const int file = path == nullptr ? -1 : open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file < 0) return found;
        if (ftruncate(file, sizeof(std::int64_t)) == 0) {
            void* const at = mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, file, 0);
            if (at != MAP_FAILED) found = static_cast<const volatile std::int64_t*>(at);
        }
        close(file);
        return found;
    }();
    return mapped;
}
// Mapped before main, while opening a file is still allowed (not so in the process that decodes pictures).
[[maybe_unused]] const volatile std::int64_t* const mapped_early = shared();

std::int64_t ahead() {
    const auto* const seconds = shared();
    return seconds == nullptr ? 0 : *seconds;
}

bool of_the_wall(clockid_t which) { return which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE; }

/// What counts from the start of the machine stays below.
constexpr std::int64_t wall_seconds_min = 1'000'000'000;

}  // namespace

extern "C" {

int clock_gettime(clockid_t which, timespec* told) noexcept {
    const auto failed = static_cast<int>(syscall(SYS_clock_gettime, which, told));
    if (failed == 0 && of_the_wall(which)) told->tv_sec += ahead();
    return failed;
}

int gettimeofday(timeval* told, void*) noexcept {
    timespec now{};
    const int failed = clock_gettime(CLOCK_REALTIME, &now);
    told->tv_sec = now.tv_sec;
    told->tv_usec = now.tv_nsec / 1000;
    return failed;
}

time_t time(time_t* told) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (told != nullptr) *told = now.tv_sec;
    return now.tv_sec;
}

/// The kernel knows nothing of what we tell: an end that was reckoned from it comes as much earlier.
int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until) {
    if (until->tv_sec < wall_seconds_min) {
        return pthread_cond_clockwait(condition, mutex, CLOCK_MONOTONIC, until);
    }
    const timespec sooner{until->tv_sec - ahead(), until->tv_nsec};
    return pthread_cond_clockwait(condition, mutex, CLOCK_REALTIME, &sooner);
}
}
