#pragma once

#include "vocabulary/result.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai {

/// What is wrong with one line of a table that somebody handed in.
struct LineFault {
    std::size_t line = 0;  ///< As their spreadsheet numbers it.
    std::string column;    ///< Its name; empty: the line as a whole.
    std::string code;      ///< Stable, of the refusal that the single operation would give.
    std::string detail;
};

/// The faults of a table: all bad lines are counted, the first faults told.
class LineFaults {
public:
    static constexpr std::size_t told_max = 100;
    /// Which column a pointer into the single operation's body means.
    using ColumnOf = std::string (*)(std::string_view pointer);

    void add(LineFault fault);
    /// What the single operation would have said of this line.
    void add(std::size_t line, const Error& error, ColumnOf column_of);

    bool none() const { return lines_.empty(); }
    bool has(std::size_t line) const { return lines_.contains(line); }
    std::size_t bad_lines() const { return lines_.size(); }
    /// Some line is of somebody else: then nothing else matters.
    bool forbidden() const { return forbidden_; }
    /// By line, those of one line as they were found; of very many the first lines'.
    std::vector<LineFault> told() const;

private:
    /// So that a table of nothing but faults takes no more memory than it has bytes.
    static constexpr std::size_t kept_max = 4 * told_max;

    static void keep_first(std::vector<LineFault>& faults);

    std::set<std::size_t> lines_;
    std::vector<LineFault> faults_;
    bool forbidden_ = false;
};

/// What became of a table, or would become of it.
struct ImportReport {
    std::size_t lines = 0;
    std::size_t made = 0;      ///< Lines that make something new.
    std::size_t repeated = 0;  ///< Lines that say what is there already.
    bool written = false;      ///< Nothing is written with a fault, or when somebody only asked.
    LineFaults faults;
};

/// How somebody wants a table taken.
struct ImportTerms {
    bool check_only = false;
};

}  // namespace shanhai
