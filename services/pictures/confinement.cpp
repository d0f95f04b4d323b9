#include "pictures/confinement.hpp"

#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <initializer_list>

#ifdef __has_feature
#define SHANHAI_SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SHANHAI_SANITIZED 1
#else
#define SHANHAI_SANITIZED 0
#endif

namespace shanhai::pictures {
namespace {

bool limit(decltype(RLIMIT_AS) resource, rlim_t value) {
    const rlimit both{value, value};
    return setrlimit(resource, &both) == 0;
}

bool limit_resources() {
    constexpr rlim_t memory = 640UL * 1024 * 1024;
    constexpr rlim_t seconds = 15;
    return limit(RLIMIT_AS, memory) && limit(RLIMIT_CPU, seconds) && limit(RLIMIT_FSIZE, 0) &&
           limit(RLIMIT_CORE, 0);
}

bool limit_calls() {
    auto* const filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == nullptr) return false;
    bool all = true;
    for (const int call : {SCMP_SYS(read),           SCMP_SYS(write),         SCMP_SYS(exit),
                           SCMP_SYS(exit_group),     SCMP_SYS(brk),           SCMP_SYS(mmap),
                           SCMP_SYS(munmap),         SCMP_SYS(mremap),        SCMP_SYS(mprotect),
                           SCMP_SYS(madvise),        SCMP_SYS(futex),         SCMP_SYS(rt_sigreturn),
                           SCMP_SYS(rt_sigprocmask), SCMP_SYS(tgkill),        SCMP_SYS(gettid),
                           SCMP_SYS(getpid),         SCMP_SYS(clock_gettime), SCMP_SYS(getrandom),
                           SCMP_SYS(fstat),          SCMP_SYS(newfstatat)}) {
        all = all && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
    }
    all = all && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return all;
}

}  // namespace

bool confine() {
    if (SHANHAI_SANITIZED) return true;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && limit_resources() && limit_calls();
}

}  // namespace shanhai::pictures
