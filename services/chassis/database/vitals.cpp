#include "chassis/database/vitals.hpp"

#include "chassis/database/connection.hpp"
#include "chassis/observe/log.hpp"

namespace shanhai::database {
namespace {

constexpr std::chrono::seconds asked_every{1};
constexpr std::chrono::seconds answer_limit{2};
// Begins a trouble's name when no connection could be opened; no schema is called so.
const std::string connecting = "connecting ";

}  // namespace

void Vitals::answered(bool read_only) {
    const std::lock_guard lock{mutex_};
    if (silent_) observe::log_info("database-answers-again", "it was silent: " + *silent_);
    silent_.reset();
    read_only_ = read_only;
}

void Vitals::silent(const std::string& reason) {
    const std::lock_guard lock{mutex_};
    if (!silent_) observe::log_error("database-silent", reason);
    silent_ = reason;
}

void Vitals::refused(const std::string& schema, int code, const std::string& message) {
    const std::lock_guard lock{mutex_};
    troubles_.insert_or_assign(schema,
                               Trouble{std::chrono::steady_clock::now(),
                                       schema + " is refused: " + std::to_string(code) + ' ' + message});
}

void Vitals::unconnected(const std::string& schema, int code, const std::string& message) {
    const std::lock_guard lock{mutex_};
    troubles_.insert_or_assign(
        connecting + schema,
        Trouble{std::chrono::steady_clock::now(),
                schema + " gets no connection: " + std::to_string(code) + ' ' + message});
}

void Vitals::connected(const std::string& schema) {
    const std::lock_guard lock{mutex_};
    troubles_.erase(connecting + schema);
}

Vitals::Writing::Writing(Vitals* vitals) : vitals_{vitals} {
    if (vitals_ == nullptr) return;
    const std::lock_guard lock{vitals_->mutex_};
    begun_ = vitals_->writings_.insert(std::chrono::steady_clock::now());
}

Vitals::Writing::~Writing() {
    if (vitals_ == nullptr) return;
    const std::lock_guard lock{vitals_->mutex_};
    vitals_->writings_.erase(begun_);
}

void Vitals::wrote(const std::string& schema) {
    const std::lock_guard lock{mutex_};
    troubles_.erase(schema);
}

bool Vitals::reachable() const {
    const std::lock_guard lock{mutex_};
    return !silent_;
}

Vitals::Finding Vitals::finding() const {
    const std::lock_guard lock{mutex_};
    if (silent_) return {false, "it does not answer: " + *silent_};
    if (read_only_) return {false, "it is read-only"};
    const auto now = std::chrono::steady_clock::now();
    for (const auto& [schema, trouble] : troubles_) {
        if (now - trouble.at < trouble_life) return {false, trouble.what};
    }
    if (!writings_.empty() && now - *writings_.begin() >= hanging_from) {
        return {false, "it has not answered what was written"};
    }
    return {true, "it answers"};
}

class Watch::Asker {
public:
    explicit Asker(PoolOptions options) : options_{std::move(options)} {
        options_.io_timeout = answer_limit;
        load_driver();
    }

    void ask(Vitals& vitals) try {
        if (!connection_) connection_ = std::make_unique<Connection>(options_);
        connection_->begin();
        // A number up to MariaDB 11, a word since.
        auto rows = connection_->ask("SELECT @@GLOBAL.read_only NOT IN ('0', 'OFF')");
        vitals.answered(rows.next() && rows.integer(0) != 0);
    } catch (const SqlError& error) {
        connection_.reset();
        vitals.silent(std::to_string(error.code()) + ' ' + error.what());
    } catch (const std::exception& error) {
        connection_.reset();
        vitals.silent(error.what());
    }

private:
    PoolOptions options_;
    std::unique_ptr<Connection> connection_;
};

Watch::Watch(const PoolOptions& options, Vitals& vitals)
    : vitals_{vitals}, asker_{std::make_unique<Asker>(options)}, thread_{[this](const std::stop_token& stop) {
          run(stop, *asker_);
      }} {}

Watch::~Watch() = default;

void Watch::run(const std::stop_token& stop, Asker& asker) {
    std::mutex mutex;
    std::unique_lock lock{mutex};
    std::condition_variable_any waiting;
    while (!stop.stop_requested()) {
        asker.ask(vitals_);
        waiting.wait_for(lock, stop, asked_every, [] { return false; });
    }
}

}  // namespace shanhai::database
