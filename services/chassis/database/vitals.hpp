#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

namespace shanhai::database {

struct PoolOptions;

/// What a process knows of its database's health: a Watch asks it every second, and every pool tells what it
/// met. Safe from any thread.
class Vitals {
public:
    struct Finding {
        bool good = true;
        std::string detail;  ///< For an operator: what is wrong, since when it is not.
    };

    /// The database answered the watch; `read_only` as a replica does, or a server whose disk an operator
    /// guards.
    void answered(bool read_only);
    /// It did not answer in time, or could not be reached.
    void silent(const std::string& reason);
    /// A pool's transaction failed for a reason that lies with the server (SqlError::passing), or wrote well.
    void refused(const std::string& schema, int code, const std::string& message);
    void wrote(const std::string& schema);
    /// A pool could not open a connection, or could again.
    void unconnected(const std::string& schema, int code, const std::string& message);
    void connected(const std::string& schema);

    /// A statement that writes, from when it is sent until the server has answered: a server that takes what
    /// is written and says nothing (a global lock, a cluster that holds its breath) refuses nobody.
    class Writing {
    public:
        explicit Writing(Vitals* vitals);
        ~Writing();
        Writing(const Writing&) = delete;
        Writing& operator=(const Writing&) = delete;

    private:
        Vitals* vitals_;
        std::multiset<std::chrono::steady_clock::time_point>::iterator begun_;
    };

    /// Whether asking it makes sense: false only while the watch gets no answer.
    bool reachable() const;
    /// Red while the database cannot serve: it does not answer, is read-only, refuses connections or what
    /// pools write, or has left something written without an answer for three seconds.
    Finding finding() const;

private:
    struct Trouble {
        std::chrono::steady_clock::time_point at;
        std::string what;
    };
    /// A refusal that was not repeated for so long is over: whoever works tries again much sooner.
    static constexpr std::chrono::seconds trouble_life{15};
    /// Locks of rows are waited for less long (see connection.cpp).
    static constexpr std::chrono::seconds hanging_from{3};

    mutable std::mutex mutex_;
    std::optional<std::string> silent_;
    bool read_only_ = false;
    std::map<std::string, Trouble> troubles_;  // By schema, or by what failed and schema.
    std::multiset<std::chrono::steady_clock::time_point> writings_;  // When each of them began.
};

/// Asks the database every second, on a connection of its own, and tells `vitals` within four seconds when it
/// no longer answers, be it gone, frozen or without a quorum.
class Watch {
public:
    Watch(const PoolOptions& options, Vitals& vitals);
    ~Watch();  ///< Ends its thread, after at most one question's time limit.
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

private:
    class Asker;
    void run(const std::stop_token& stop, Asker& asker);

    Vitals& vitals_;
    std::unique_ptr<Asker> asker_;
    std::jthread thread_;  // Last: it uses all the rest.
};

}  // namespace shanhai::database
