#pragma once

#include "certification/domain/application.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::certification {

/// How far applications came. What was never submitted is in no figure.
struct Counts {
    std::int64_t applied = 0;      ///< Submitted at least once.
    std::int64_t returned = 0;     ///< Sent back at least once (补正).
    std::int64_t recommended = 0;  ///< By an office of the county, at least once.
    std::int64_t certified = 0;
    std::int64_t rejected = 0;
    std::int64_t withdrawn = 0;
    std::int64_t suspended = 0;  ///< Of the certified ones, those whose certification is suspended now.

    std::int64_t open() const { return applied - certified - rejected - withdrawn; }
    Counts& operator+=(const Counts& other);
    friend bool operator==(const Counts&, const Counts&) = default;
};

/// The applications under one scheme of one county and category; these are empty where they are not known of
/// the product.
struct Cell {
    std::string scheme;
    std::string county;
    std::string category;
    Counts counts;
};

/// One scheme's, county's or category's.
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

/// What came of applications, as far as the viewer sees them.
struct Figures {
    Counts total;
    std::vector<Group> schemes;     ///< The largest first.
    std::vector<Group> counties;    ///< The same.
    std::vector<Group> categories;  ///< The same.
    std::vector<Wait> waits;
};

/// Of one batch.
struct BatchFigures {
    Batch batch;
    Figures figures;
};

/// Of all batches of a year, beside those of the year before.
struct YearFigures {
    int year = 0;
    Figures figures;
    Figures before;
};

/// What is counted: one batch, or all of a year.
struct Round {
    std::optional<BatchId> batch{};
    int year = 0;  ///< Where no batch is named.
};

Figures add_up(const std::vector<Cell>& cells, std::vector<Wait> waits);

/// The nearest rank of half and of nine tenths, by action.
std::vector<Wait> ranked(std::vector<Waited> waits);

}  // namespace shanhai::certification
