#pragma once

#include "chassis/database/session.hpp"
#include "chassis/database/vitals.hpp"
#include "chassis/security/key_ring.hpp"
#include "vocabulary/result.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace shanhai::database {

class Link;

struct PoolOptions {
    std::string socket;  ///< Path of a unix socket; when empty, host and port are used.
    std::string host = "127.0.0.1";
    std::uint16_t port = 3306;
    std::string user;
    std::string password;
    std::string owner_user;  ///< Who changes the tables (migrate()); empty: `user`.
    std::string owner_password;
    std::string tls_ca;  ///< PEM file; with it nothing is said to a server that does not prove itself by it.
    std::string schema;
    security::KeyRing outbox_keys;  ///< Seal the facts that are written to this schema's outbox.
    /// What one transaction reads, it reads as it was when it read first (REPEATABLE READ): for answers whose
    /// figures must agree. Without it each statement sees what is committed by then.
    bool snapshot = false;
    std::size_t threads =
        4;  ///< Each needs a connection while it works; they are opened when needed and kept.
    std::size_t waiting_max = 1024;      ///< Work beyond this is refused with 503 `database-busy`.
    std::chrono::seconds io_timeout{6};  ///< A statement that takes longer is ended by the server.
    /// Work that waited so long for a thread is refused, and nothing is tried again after it: 503
    /// `database-busy`. A caller has its answer after at most this and one io_timeout.
    std::chrono::seconds answer_limit{8};
    /// What a test turns: then Session::now() tells it instead of the database's. Outlives the pool.
    const Clock* clock = nullptr;
    /// For pauses, and for what needs no transaction: this machine's, or what a test turns.
    const Clock& used_clock() const { return clock == nullptr ? machine_clock() : *clock; }
    /// Makes a connection in place of one to a server: the simulator's (tests/simulator). Nothing: a server.
    std::function<std::unique_ptr<Link>()> connect{};
    Vitals* vitals = nullptr;  ///< Where to tell how the database is; outlives the pool. Null: nowhere.
};

/// Lets coroutines use a blocking database driver: work runs on the pool's own threads, each with a
/// connection of its own while it runs (READ COMMITTED unless `snapshot`, strict mode, UTC, utf8mb4). A
/// connection that the server closed while it was idle is replaced unnoticed. Failures of the database are
/// 503 `database-unavailable` (it cannot be reached, or refuses to write, whoever asks: SqlError::passing)
/// and `database-busy` (too much work waits, or every try lost a deadlock); what it refuses for the sake of
/// what was asked is Failure::internal.
class Pool {
public:
    explicit Pool(PoolOptions options);
    ~Pool();  ///< Finishes the work already accepted.
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// Runs `work(session)`, which returns a Result, in one transaction and resumes the caller where
    /// it was. Commits a value, rolls back an Error. Work that loses a deadlock, or its connection
    /// before COMMIT was sent, is run again (at most 5 times, with jitter), so it must touch nothing but the
    /// database. When the connection is lost during COMMIT, nobody knows whether it happened:
    /// 503 `commit-outcome-unknown`; who must know uses transact_resolving.
    template <class Work>
    auto transact(Work work) -> boost::asio::awaitable<std::invoke_result_t<Work&, Session&>> {
        using Outcome = std::invoke_result_t<Work&, Session&>;
        std::optional<Outcome> outcome;
        const auto home = co_await boost::asio::this_coro::executor;
        const bool throws = co_await boost::asio::this_coro::throw_if_cancelled();
        const auto asked = std::chrono::steady_clock::now();
        if (auto refused = admit()) co_return *refused;
        // A caller that is cancelled meanwhile learns it at its next wait, at home, not on the pool's thread.
        co_await boost::asio::this_coro::throw_if_cancelled(false);
        {
            const Admission admission{*this};  // Left on the pool's thread: later the pool may be gone.
            co_await resume_on_pool();
            if (auto late = too_late(asked)) {
                outcome.emplace(std::move(*late));
            } else {
                outcome.emplace(run_here<Outcome>(work, nullptr));
            }
        }
        co_await resume_on(home);
        co_await boost::asio::this_coro::throw_if_cancelled(throws);
        co_return std::move(*outcome);
    }

    /// The same for a thread that may block (batchers, consumers, tools): runs on the caller's thread.
    template <class Work>
    auto transact_blocking(Work work) -> std::invoke_result_t<Work&, Session&> {
        return run_here<std::invoke_result_t<Work&, Session&>>(work, nullptr);
    }

    /// As transact_blocking, and when the connection is lost during COMMIT, asks `resolve(session)`
    /// on a fresh connection what happened: it returns the outcome if the commit took place, or nothing, and
    /// then the work is run again. The server may still be busy with the lost COMMIT when it is asked, so
    /// what the work writes must hold a unique key that a second run meets.
    template <class Work, class Resolve>
    auto transact_resolving(Work work, Resolve resolve) -> std::invoke_result_t<Work&, Session&> {
        using Outcome = std::invoke_result_t<Work&, Session&>;
        const std::function<std::optional<Outcome>(Session&)> ask = resolve;
        return run_here<Outcome>(work, &ask);
    }

    /// Whether the database answers now: 503 `database-unavailable` when it does not.
    boost::asio::awaitable<Result<Done>> ping();

    const PoolOptions& options() const;
    const Clock& clock() const { return options().used_clock(); }

private:
    /// What an attempt decided: commit, or roll back.
    using Attempt = std::function<bool(Session&)>;

    template <class Outcome, class Work>
    Outcome run_here(Work& work, const std::function<std::optional<Outcome>(Session&)>* resolve) {
        std::optional<Outcome> outcome;
        const Attempt attempt = [&](Session& session) {
            outcome.emplace(work(session));
            return static_cast<bool>(*outcome);
        };
        Attempt settled;
        if (resolve != nullptr) {
            settled = [&](Session& session) {
                auto found = (*resolve)(session);
                if (found) outcome.emplace(std::move(*found));
                return found.has_value();
            };
        }
        if (auto failure = run(attempt, settled)) return *failure;
        return std::move(*outcome);
    }

    /// Leaves whatever throws.
    class Admission {
    public:
        explicit Admission(Pool& pool) : pool_{pool} {}
        ~Admission() { pool_.leave(); }
        Admission(const Admission&) = delete;
        Admission& operator=(const Admission&) = delete;

    private:
        Pool& pool_;
    };

    static boost::asio::awaitable<void> resume_on(boost::asio::any_io_executor executor) {
        return boost::asio::post(boost::asio::bind_executor(executor, boost::asio::use_awaitable));
    }
    boost::asio::awaitable<void> resume_on_pool();
    std::optional<Error> admit();
    void leave();
    /// Why work that was asked for then is not begun any more, if so.
    std::optional<Error> too_late(std::chrono::steady_clock::time_point asked) const;
    /// Never throws: exceptions from the work become Failure::internal, logged.
    std::optional<Error> run(const Attempt& attempt, const Attempt& settled) noexcept;

    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace shanhai::database
