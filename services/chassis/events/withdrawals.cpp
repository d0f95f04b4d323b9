#include "chassis/events/withdrawals.hpp"

#include "chassis/events/redis_link.hpp"
#include "chassis/guarded.hpp"
#include "chassis/observe/log.hpp"
#include "vocabulary/time.hpp"

#include <shanhai/event/v1/identity.pb.h>
#include <algorithm>
#include <limits>
#include <utility>

namespace shanhai::events {
namespace {

using Clock = security::Revocations::Clock;

constexpr std::chrono::milliseconds pause_length{250};
/// What was said longer ago concerns tokens that have expired: ten minutes, the leeway, and two clocks that
/// differ.
constexpr std::chrono::minutes memory{15};
constexpr std::uint64_t beyond_all = std::numeric_limits<std::int64_t>::max();

void take(const Event& event, security::Revocations& list) {
    event::v1::TokensWithdrawn fact;
    if (!event.read(fact)) return;
    if (fact.session_id() != 0) {
        list.withdraw_session(fact.session_id());
    } else {
        list.withdraw_account(fact.account_id(), fact.sessions_through(), fact.session_spared());
    }
}

}  // namespace

void WithdrawalFollower::start() {
    thread_ = std::thread{[this] {
        ignore_broken_pipes_on_this_thread();
        bool more = true;
        while (bell_.wait(more ? std::chrono::milliseconds{0} : pause_length)) {
            more = false;
            chassis::guarded("revocations", [&] { more = step(); });
        }
    }};
}

void WithdrawalFollower::stop() {
    if (!thread_.joinable()) return;
    bell_.close();
    thread_.join();
}

bool WithdrawalFollower::step() {
    const auto asked = Clock::now();
    if (!seq_ && !find_beginning()) return false;
    const auto page = feed_.read(*seq_);
    if (!heard(page)) return false;
    if (page->epoch != epoch_ || page->head < *seq_) {
        begin_anew();
        return true;
    }
    const auto before = *seq_;
    apply(*page);
    if (*seq_ < page->head) return *seq_ > before;
    list_.known_at(asked - page->lag);
    list_.forget_before(Clock::now() - memory);
    if (std::exchange(complained_, false)) observe::log_info("revocations-heard", "identity answers again");
    return false;
}

/// Whether that is a page; else why not is remembered, and said once. Services of one process start one after
/// the other: a short silence before the first word is nothing strange.
bool WithdrawalFollower::heard(const Result<FeedPage>& page) {
    Trouble now;
    if (!page) now = {page.error().message(), page.error().code() == feed_forged};
    const bool quiet = now.what.empty() || (!now.forged && Clock::now() - began_ < std::chrono::seconds{5});
    if (!quiet && list_.age() > std::chrono::seconds{5} && !std::exchange(complained_, true)) {
        observe::log_warning("revocations-unheard", now.what);
    }
    const std::lock_guard lock{mutex_};
    trouble_ = std::move(now);
    return trouble_.what.empty();
}

WithdrawalFollower::Trouble WithdrawalFollower::trouble() const {
    const std::lock_guard lock{mutex_};
    return trouble_;
}

/// Goes back from the last frame until one is older than every token that still lives.
bool WithdrawalFollower::find_beginning() {
    const auto last = feed_.read(beyond_all);
    if (!heard(last)) return false;
    epoch_ = last->epoch;
    for (std::uint64_t back = feed_frames_max;; back *= 2) {
        const auto from = last->head > back ? last->head - back : 0;
        const auto page = feed_.read(from);
        if (!heard(page) || page->epoch != epoch_) return false;
        if (from == 0 || reaches_far_enough(*page)) {
            seq_ = from;
            return true;
        }
    }
}

bool WithdrawalFollower::reaches_far_enough(const FeedPage& page) const {
    if (page.stretch.frames.empty()) return true;
    return decode_frame("identity", page.stretch.frames.front()).at < now() - memory;
}

void WithdrawalFollower::apply(const FeedPage& page) {
    for (const auto& raw : page.stretch.frames) {
        if (raw.seq != *seq_ + 1) return;  // The feed will be asked again, and the list grows old meanwhile.
        for (const auto& event : decode_frame("identity", raw).events) take(event, list_);
        seq_ = raw.seq;
    }
}

/// Another identity's numbers mean other sessions.
void WithdrawalFollower::begin_anew() {
    observe::log_warning("revocations-anew", "identity's outbox is not the one that was followed so far");
    list_.clear();
    seq_.reset();
}

}  // namespace shanhai::events
