#include "chassis/security/revocations.hpp"

#include <algorithm>
#include <mutex>

namespace shanhai::security {

void Revocations::withdraw_account(std::uint64_t account, std::uint64_t through, std::uint64_t but) {
    const std::unique_lock lock{mutex_};
    auto& withdrawn = accounts_[account];
    withdrawn = {std::max(withdrawn.through, through), but, Clock::now()};
    size_ = accounts_.size() + sessions_.size();
}

void Revocations::withdraw_session(std::uint64_t session) {
    const std::unique_lock lock{mutex_};
    sessions_[session] = Clock::now();
    size_ = accounts_.size() + sessions_.size();
}

bool Revocations::void_for(const Principal& principal) const {
    if (size_ == 0) return false;
    const std::shared_lock lock{mutex_};
    if (sessions_.contains(principal.session)) return true;
    const auto found = accounts_.find(principal.account);
    if (found == accounts_.end()) return false;
    const auto& withdrawn = found->second;
    const bool spared = principal.session != 0 && principal.session == withdrawn.but;
    return principal.session <= withdrawn.through && !spared;
}

void Revocations::known_at(Clock::time_point moment) { known_at_ = moment.time_since_epoch().count(); }

std::chrono::milliseconds Revocations::age() const {
    const Clock::time_point known{Clock::duration{known_at_.load()}};
    if (known == Clock::time_point{}) return std::chrono::hours{24 * 365};
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - known);
}

void Revocations::clear() {
    const std::unique_lock lock{mutex_};
    accounts_.clear();
    sessions_.clear();
    size_ = 0;
    known_at_ = 0;
}

void Revocations::forget_before(Clock::time_point moment) {
    const std::unique_lock lock{mutex_};
    std::erase_if(accounts_, [&](const auto& entry) { return entry.second.at < moment; });
    std::erase_if(sessions_, [&](const auto& entry) { return entry.second < moment; });
    size_ = accounts_.size() + sessions_.size();
}

std::size_t Revocations::size() const { return size_; }

}  // namespace shanhai::security
