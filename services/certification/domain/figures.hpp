#pragma once

#include "certification/domain/application.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::certification {

/// How far applications of a batch came. What was never submitted is in no figure.
struct Counts {
    std::int64_t applied = 0;      ///< Submitted at least once.
    std::int64_t returned = 0;     ///< Sent back at least once (补正).
    std::int64_t recommended = 0;  ///< By an office of the county, at least once.
    std::int64_t certified = 0;
    std::int64_t rejected = 0;
    std::int64_t withdrawn = 0;

    std::int64_t open() const { return applied - certified - rejected - withdrawn; }
    Counts& operator+=(const Counts& other);
    friend bool operator==(const Counts&, const Counts&) = default;
};

/// The applications of one county and category; empty where that is not known of the product.
struct Cell {
    std::string county;
    std::string category;
    Counts counts;
};

/// One county's or one category's.
struct Group {
    std::string name;
    Counts counts;
};

/// How many waited for so many whole hours.
struct Waited {
    std::optional<Action>
        action;  ///< What ended the waiting; nothing: from the first submission to the decision.
    std::chrono::hours hours{};
    std::int64_t count = 0;
};

/// How long something took, of all that it happened to.
struct Wait {
    std::optional<Action> action;
    std::int64_t count = 0;
    std::chrono::hours median{};
    std::chrono::hours ninetieth{};  ///< Nine in ten took no longer.
};

/// What came of a batch, as far as the viewer sees its applications.
struct Figures {
    Batch batch;
    Counts total;
    std::vector<Group> counties;    ///< The largest first.
    std::vector<Group> categories;  ///< The same.
    std::vector<Wait> waits;
};

/// Adds up the cells of a batch.
Figures add_up(Batch batch, const std::vector<Cell>& cells, std::vector<Wait> waits);

/// The nearest rank of half and of nine tenths, by action.
std::vector<Wait> ranked(std::vector<Waited> waits);

}  // namespace shanhai::certification
