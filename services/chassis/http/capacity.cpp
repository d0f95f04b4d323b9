#include "chassis/http/capacity.hpp"

#include <sys/resource.h>
#include <algorithm>

namespace shanhai::http {
namespace {

constexpr rlim_t files_wanted = 65'536;
constexpr std::size_t files_kept = 512;  // For everything that is no connection of the public port.

/// Seven eighths: when that is reached somebody should make room.
bool nearly(std::size_t count, std::size_t limit) { return count >= limit - limit / 8; }

}  // namespace

ConnectionCount::Verdict ConnectionCount::enter(std::uint64_t network, bool shared) {
    const std::lock_guard lock{mutex_};
    if (all_ >= limits_.all) return Verdict::full;
    const auto found = of_network_.find(network);
    const auto has = found == of_network_.end() ? 0 : found->second;
    if (!shared && has >= limits_.each_network) return Verdict::share_full;
    ++all_;
    if (!shared) ++of_network_[network];  // Else our proxy would fill the share of its neighbours.
    if (nearly(all_, limits_.all)) return Verdict::scarce;
    return !shared && nearly(has + 1, limits_.each_network) ? Verdict::share_scarce : Verdict::taken;
}

void ConnectionCount::take_over(std::uint64_t network, bool shared) {
    const std::lock_guard lock{mutex_};
    ++all_;
    if (!shared) ++of_network_[network];
}

void ConnectionCount::leave(std::uint64_t network, bool shared) {
    const std::lock_guard lock{mutex_};
    --all_;
    if (shared) return;
    const auto found = of_network_.find(network);
    if (--found->second == 0) of_network_.erase(found);
}

std::size_t ConnectionCount::size() const {
    const std::lock_guard lock{mutex_};
    return all_;
}

std::size_t connections_within_file_limit(std::size_t wanted) {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return wanted;
    if (files.rlim_cur < files_wanted && files.rlim_cur < files.rlim_max) {
        auto raised = files;
        raised.rlim_cur = std::min<rlim_t>(files.rlim_max, files_wanted);
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) files = raised;
    }
    const auto all = static_cast<std::size_t>(std::min<rlim_t>(files.rlim_cur, 10'000'000));
    const auto kept = std::min(files_kept, all / 2);
    return std::min(wanted, all - kept);
}

}  // namespace shanhai::http
