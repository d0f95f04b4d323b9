#pragma once

#include "chassis/database/in_list.hpp"

#include <initializer_list>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::orders {

using database::in_list;

/// "(SELECT 1 AS k, 'x' AS state UNION ALL SELECT 2, 'y')": rows to join an UPDATE with, so that one
/// statement gives each row values of its own. The first column is the key, and no key comes twice
/// (std::logic_error): which of two values would win is not for SQL to choose.
class ValueRows {
public:
    explicit ValueRows(std::vector<std::string> columns) : columns_{std::move(columns)} {}

    ValueRows& row(std::initializer_list<database::Literal> values) {
        if (values.size() != columns_.size()) throw std::logic_error{"a row with other columns"};
        if (!keys_.insert(values.begin()->text()).second) throw std::logic_error{"two values for one row"};
        text_ += text_.empty() ? "SELECT " : " UNION ALL SELECT ";
        std::size_t column = 0;
        for (const auto& value : values) {
            if (column > 0) text_ += ", ";
            text_ += value.text();
            if (keys_.size() == 1) text_ += " AS " + columns_[column];
            ++column;
        }
        return *this;
    }
    bool empty() const { return keys_.empty(); }
    std::size_t size() const { return keys_.size(); }
    std::string text() const { return '(' + text_ + ')'; }

private:
    std::vector<std::string> columns_;
    std::set<std::string> keys_;
    std::string text_;
};

/// How rows are read: not locked, locked (waiting a second at most for whoever holds them), or locked except
/// those that somebody holds, which are then left out.
enum class Locking { none, for_update, skip_locked };

constexpr std::string_view locking_clause(Locking locking) {
    switch (locking) {
        case Locking::for_update:
            return " FOR UPDATE /*M! WAIT 1 */";  // MariaDB reads what others take for a comment.
        case Locking::skip_locked:
            return " FOR UPDATE SKIP LOCKED";
        case Locking::none:
            break;
    }
    return "";
}

/// A transaction that a long wait for a lock ended is run again in a way that waits for nobody, so that one
/// row that somebody sits on delays nobody who does not need it. One of these lives across the tries.
class Patience {
public:
    Locking locking() const { return gone_ ? Locking::skip_locked : Locking::for_update; }
    /// Runs one try and remembers whether it waited too long for a lock.
    template <class Work>
    auto watch(Work&& work) {
        try {
            return work(locking());
        } catch (const database::SqlError& error) {
            gone_ = gone_ || error.code() == lock_wait_ended;
            throw;
        }
    }
    void lose() { gone_ = true; }
    bool gone() const { return gone_; }

private:
    static constexpr int lock_wait_ended = 1205;
    bool gone_ = false;
};

}  // namespace shanhai::orders
