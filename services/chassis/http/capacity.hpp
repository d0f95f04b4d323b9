#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace shanhai::http {

/// The memory that all connections of a process together may hold for bodies and answers. From any thread.
class MemoryBudget {
public:
    explicit MemoryBudget(std::size_t bytes_max) : bytes_max_{bytes_max} {}

    /// Somebody who held `before` bytes holds `after` now.
    void change(std::size_t before, std::size_t after) { used_ += after - before; }
    std::size_t used_bytes() const { return used_; }
    /// Then whoever has an unfinished body for longest must let go of it.
    bool exceeded() const { return used_ > bytes_max_; }

private:
    std::size_t bytes_max_;
    std::atomic<std::size_t> used_ = 0;
};

/// How many connections a process has, and each network of them (see network_of). From any thread.
class ConnectionCount {
public:
    struct Limits {
        std::size_t all = 10'000;
        std::size_t each_network = 2'500;
    };
    enum class Verdict {
        taken,         ///< It counts; call leave() when it ends.
        scarce,        ///< The same, but soon there will be no more room: idle ones should go.
        full,          ///< There is no room.
        share_scarce,  ///< Taken; the network has nearly all that is its share.
        share_full,    ///< There is room, but not for this network.
    };

    explicit ConnectionCount(Limits limits) : limits_{limits} {}

    /// `shared`: many people stand behind this address (our own proxy); it has no share.
    Verdict enter(std::uint64_t network, bool shared);
    /// Counts a connection that takes the place of one that is about to leave.
    void take_over(std::uint64_t network, bool shared);
    void leave(std::uint64_t network, bool shared);
    std::size_t size() const;

private:
    Limits limits_;
    mutable std::mutex mutex_;
    std::size_t all_ = 0;
    std::unordered_map<std::uint64_t, std::size_t> of_network_;
};

/// Raises the soft limit of open files towards the hard one, and says how many connections leave enough of
/// them for databases, pools, feeds and the internal port: at most `wanted`.
std::size_t connections_within_file_limit(std::size_t wanted);

}  // namespace shanhai::http
