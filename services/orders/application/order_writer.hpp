#pragma once

#include "orders/application/books.hpp"
#include "orders/application/placement_run.hpp"
#include "orders/domain/desk.hpp"
#include "orders/store/sql.hpp"

#include <atomic>
#include <span>
#include <vector>

namespace shanhai::orders {

/// Places a batch of orders in one transaction (DESIGN section 5): finds keys already used, locks the lots,
/// allocates in memory, writes everything with one statement a table. Thread-safe; blocks.
class OrderWriter {
public:
    explicit OrderWriter(const Books& books) : books_{books} {}

    /// An answer for each command, in order; the same error for all of them, with nothing changed, when the
    /// transaction did not take place.
    std::vector<Result<Placed>> place(std::span<PlaceCommand> commands);

private:
    using Commands = std::span<PlaceCommand>;
    std::vector<Result<Placed>> place_together(Commands commands, Patience& patience);
    LookAtKeys look() const;
    void place_again(Commands commands, std::vector<Result<Placed>>& answers, Patience& patience);

    const Books& books_;
    /// Until then somebody sits on a lot: batches do not wait for it again.
    std::atomic<std::int64_t> impatient_until_ms_ = 0;
    /// Until then requests are repeated: their keys are looked up first.
    std::atomic<std::int64_t> repeats_until_ms_ = 0;
};

}  // namespace shanhai::orders
