#pragma once

#include "certification/domain/expiry.hpp"
#include "certification/domain/known.hpp"
#include "chassis/database/pool.hpp"
#include "chassis/periodic.hpp"

namespace shanhai::certification {

/// What ends soon, and the warnings of it. What is due follows from what is stored and the day that it is in
/// Shanghai, not from when somebody looked last: it may stand still, be killed or run twice, and its clock
/// may jump; each certification is warned of once a threshold, and never of one that is farther off than the
/// last.
class Expiry {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    explicit Expiry(database::Pool& pool) : pool_{pool} {}

    /// At most `count` that end within the filter's days and concern the viewer, the next to end first.
    Awaitable<std::vector<Expiring>> list(ExpiryFilter filter, Author viewer, bool everything,
                                          std::size_t count) const;

    /// Writes the warnings that are due now.
    Result<Done> warn();

    void start() {
        periodic_.start();
        periodic_.wake();
    }
    void stop() { periodic_.stop(); }

private:
    /// Soon after midnight is soon enough.
    static constexpr std::chrono::seconds tick{30};

    database::Pool& pool_;
    chassis::Periodic periodic_{"certification-warnings", tick, [this] { return warn(); }};
};

}  // namespace shanhai::certification
