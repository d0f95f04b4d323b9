#include "chassis/database/pool.hpp"

#include "chassis/database/connection.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/observe/metrics.hpp"

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <mutex>
#include <random>
#include <vector>

namespace shanhai::database {
namespace {

constexpr int attempts_max = 5;
constexpr std::chrono::milliseconds first_pause{4};

/// Doubles with every attempt, and differs between those who lost to each other.
void pause_after(int attempts, const Clock& clock) {
    thread_local std::minstd_rand random{std::random_device{}()};
    const auto longest = std::chrono::microseconds{first_pause} * (1 << attempts);
    std::uniform_int_distribution<std::int64_t> pause{longest.count() / 2, longest.count()};
    clock.wait(std::chrono::microseconds{pause(random)});
}

Error busy(std::string message) {
    Error error{Failure::unavailable, "database-busy", std::move(message)};
    error.retry_after(std::chrono::seconds{1});
    return error;
}

Error unavailable(std::string code, std::string message) {
    Error error{Failure::unavailable, std::move(code), std::move(message)};
    error.retry_after(std::chrono::seconds{1});
    return error;
}

Error unreachable() { return unavailable("database-unavailable", "The database is not reachable."); }

Error bug() { return {Failure::internal, "internal", "Something went wrong on our side."}; }

Error explain(const SqlError& error) {
    if (error.connection_lost()) return unreachable();
    if (error.worth_repeating() || error.timed_out()) return busy("The database is busy.");
    if (error.passing()) return unavailable("database-unavailable", "The database takes no work at present.");
    return bug();
}

/// How one try at a transaction ended.
enum class Fate {
    over,         ///< Committed, or rolled back because the work said so.
    repeat,       ///< Nothing happened, and another try may succeed.
    unreachable,  ///< There was no connection to begin with.
    unknown,      ///< COMMIT was sent and never answered.
    refused,      ///< Nothing happened, and another try would end the same.
};

struct Ending {
    Fate fate = Fate::over;
    std::optional<Error> error;
};

}  // namespace

class Pool::Impl {
public:
    explicit Impl(PoolOptions options);

    std::optional<Error> run(const Attempt& attempt, const Attempt& settled);
    std::optional<Error> admit();
    void leave() { admitted_.fetch_sub(1); }
    std::optional<Error> too_late(std::chrono::steady_clock::time_point asked) const;
    boost::asio::thread_pool& threads() { return threads_; }
    const PoolOptions& options() const { return options_; }

private:
    Ending try_once(const Attempt& attempt);
    Ending try_with(std::unique_ptr<Link> connection, const Attempt& attempt);
    Ending ask_what_happened(const Attempt& settled);
    void tell_trouble(const SqlError& error, bool wrote);
    Ending ended(const SqlError& error, bool committing);
    bool reachable() const;
    std::unique_ptr<Link> connect() const;
    std::unique_ptr<Link> lease();
    void give_back(std::unique_ptr<Link> connection);
    void roll_back(std::unique_ptr<Link> connection) noexcept;
    void drop_idle();

    PoolOptions options_;
    observe::Metrics::Counter& retries_;
    observe::Metrics::Histogram& seconds_;
    std::atomic<std::size_t> admitted_ = 0;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Link>> idle_;  // The last one used is used next; the others rest.
    boost::asio::thread_pool threads_;         // Last: its threads use all the rest until they are joined.
};

Pool::Impl::Impl(PoolOptions options)
    : options_{std::move(options)},
      retries_{observe::Metrics::process().counter("shanhai_database_retries_total",
                                                   "Transactions that were run again",
                                                   {{"schema", options_.schema}})},
      seconds_{observe::Metrics::process().seconds("shanhai_database_transaction_seconds",
                                                   "Duration of transactions, retries included",
                                                   {{"schema", options_.schema}})},
      threads_{options_.threads} {
    load_driver();
}

bool Pool::Impl::reachable() const { return options_.vitals == nullptr || options_.vitals->reachable(); }

std::optional<Error> Pool::Impl::admit() {
    if (!reachable()) return unreachable();
    if (admitted_.fetch_add(1) < options_.waiting_max + options_.threads) return std::nullopt;
    leave();
    return busy("Too much work is waiting for the database.");
}

std::optional<Error> Pool::Impl::too_late(std::chrono::steady_clock::time_point asked) const {
    if (std::chrono::steady_clock::now() - asked < options_.answer_limit) return std::nullopt;
    return busy("The database took too long with the work before this.");
}

std::unique_ptr<Link> Pool::Impl::connect() const {
    return options_.connect ? options_.connect() : std::make_unique<Connection>(options_);
}

std::unique_ptr<Link> Pool::Impl::lease() {
    {
        const std::lock_guard lock{mutex_};
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
    }
    auto fresh = connect();
    if (options_.vitals != nullptr) options_.vitals->connected(options_.schema);
    return fresh;
}

void Pool::Impl::give_back(std::unique_ptr<Link> connection) {
    const std::lock_guard lock{mutex_};
    idle_.push_back(std::move(connection));
}

/// A connection whose rollback fails is closed, which rolls back as well.
void Pool::Impl::roll_back(std::unique_ptr<Link> connection) noexcept try {
    connection->rollback();
    give_back(std::move(connection));
} catch (const std::exception&) {
}

/// When the server has closed one connection it has probably closed them all.
void Pool::Impl::drop_idle() {
    std::vector<std::unique_ptr<Link>> dead;
    const std::lock_guard lock{mutex_};
    dead.swap(idle_);
}

std::optional<Error> Pool::Impl::run(const Attempt& attempt, const Attempt& settled) {
    const auto begin = std::chrono::steady_clock::now();
    Ending ending;
    for (int attempts = 1;; ++attempts) {
        // Threads that may block would each wait for a frozen server, one after the other at the end.
        if (!reachable()) return unreachable();
        ending = try_once(attempt);
        if (ending.fate == Fate::unknown && settled) ending = ask_what_happened(settled);
        const bool again = ending.fate == Fate::repeat || (ending.fate == Fate::unreachable && attempts > 1);
        if (!again || attempts == attempts_max || too_late(begin)) break;
        retries_.add();
        pause_after(attempts, options_.used_clock());
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    seconds_.observe(took.count());
    return ending.error;
}

Ending Pool::Impl::try_once(const Attempt& attempt) {
    std::unique_ptr<Link> connection;
    try {
        connection = lease();
    } catch (const SqlError& error) {
        observe::log_limited("database-unreachable", options_.schema + ": " + error.what());
        if (options_.vitals != nullptr) {
            options_.vitals->unconnected(options_.schema, error.code(), error.what());
        }
        return {Fate::unreachable, unreachable()};
    }
    return try_with(std::move(connection), attempt);
}

/// The connection goes back to the idle list only after a clean end of the transaction.
Ending Pool::Impl::try_with(std::unique_ptr<Link> connection, const Attempt& attempt) {
    bool committing = false;
    try {
        connection->begin();
        const bool keep = attempt(*connection);
        if (connection->fatal()) throw SqlError{*connection->fatal()};
        if (!keep) {
            roll_back(std::move(connection));
            return {};
        }
        committing = connection->wrote();
        connection->commit();
        if (committing && options_.vitals != nullptr) options_.vitals->wrote(options_.schema);
        give_back(std::move(connection));
        return {};
    } catch (const SqlError& error) {
        tell_trouble(error, connection->wrote());
        auto ending = ended(error, committing);
        // What the server refuses for reasons of its own it may go on refusing to this connection: rights,
        // for one, are looked at when a schema is chosen.
        const bool sound = !error.passing() || error.worth_repeating() || error.timed_out();
        if (sound && ending.fate != Fate::unknown) roll_back(std::move(connection));
        return ending;
    } catch (...) {
        const auto fatal = connection->fatal();
        if (!fatal || !fatal->connection_lost()) roll_back(std::move(connection));
        if (!fatal) throw;
        return ended(*fatal, false);  // Whatever the work made of it.
    }
}

/// A lock is nobody's trouble but of who wants it, and a read that takes too long is the reader's own.
void Pool::Impl::tell_trouble(const SqlError& error, bool wrote) {
    const bool slow_read = !wrote && (error.timed_out() || error.connection_lost());
    if (options_.vitals == nullptr || !error.passing() || error.worth_repeating() || slow_read) return;
    options_.vitals->refused(options_.schema, error.code(), error.what());
}

Ending Pool::Impl::ended(const SqlError& error, bool committing) {
    const auto said = options_.schema + ": " + std::to_string(error.code()) + ' ' + error.what();
    if (error.connection_lost()) drop_idle();
    if (error.worth_repeating()) return {Fate::repeat, explain(error)};
    // What the server refuses at COMMIT for reasons of its own (it became read-only) it has rolled back.
    if (committing && (error.connection_lost() || error.timed_out() || !error.passing())) {
        observe::log_warning("database-commit-unknown", said);
        return {Fate::unknown, unavailable("commit-outcome-unknown",
                                           "The database did not say whether this was stored. Ask again.")};
    }
    if (error.connection_lost()) {
        observe::log_info("database-connection-lost", said);
        return {Fate::repeat, explain(error)};
    }
    if (error.passing()) {
        observe::log_limited("database-trouble", said);
    } else {
        observe::log_error("database-refused", said);
    }
    return {Fate::refused, explain(error)};
}

/// Asks on a connection opened for it, since the idle ones may lead to a server that is gone.
Ending Pool::Impl::ask_what_happened(const Attempt& settled) {
    for (int attempts = 1; attempts <= attempts_max; ++attempts) {
        pause_after(attempts, options_.used_clock());
        try {
            auto connection = connect();
            const bool happened = settled(*connection);
            if (connection->fatal()) continue;
            roll_back(std::move(connection));
            if (happened) return {};
            return {Fate::repeat, unreachable()};
        } catch (const SqlError& error) {
            observe::log_warning("database-commit-unknown", options_.schema + ": " + error.what());
            if (!error.connection_lost() && !error.worth_repeating()) break;
        }
    }
    return {Fate::unknown, unavailable("commit-outcome-unknown",
                                       "The database did not say whether this was stored. Ask again.")};
}

Pool::Pool(PoolOptions options) : impl_{std::make_unique<Impl>(std::move(options))} {}
Pool::~Pool() { impl_->threads().join(); }

const PoolOptions& Pool::options() const { return impl_->options(); }

std::optional<Error> Pool::admit() { return impl_->admit(); }
std::optional<Error> Pool::too_late(std::chrono::steady_clock::time_point asked) const {
    return impl_->too_late(asked);
}
void Pool::leave() { impl_->leave(); }

boost::asio::awaitable<void> Pool::resume_on_pool() { return resume_on(impl_->threads().get_executor()); }

std::optional<Error> Pool::run(const Attempt& attempt, const Attempt& settled) noexcept try {
    return impl_->run(attempt, settled);
} catch (const std::exception& error) {
    observe::log_error("database-work-threw", options().schema + ": " + error.what());
    return bug();
} catch (...) {
    observe::log_error("database-work-threw", options().schema + ": something that is no exception");
    return bug();
}

boost::asio::awaitable<Result<Done>> Pool::ping() {
    auto look = [](Session& session) -> Result<Done> {
        session.query("SELECT 1");
        return Done{};
    };
    return transact(look);
}

}  // namespace shanhai::database
