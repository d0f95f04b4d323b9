#pragma once

#include "simulator/dialect.hpp"
#include "vocabulary/clock.hpp"

#include <sqlite3.h>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace shanhai::simulator {

/// A database of one process and one thread, in memory: SQLite, which is asked in MariaDB's language. One
/// transaction at a time.
class MemoryDatabase {
public:
    using Row = std::vector<std::optional<std::string>>;

    /// `clock` is what UTC_TIMESTAMP(6) tells.
    MemoryDatabase(const database::Schema& schema, const Clock& clock);
    ~MemoryDatabase();
    MemoryDatabase(const MemoryDatabase&) = delete;
    MemoryDatabase& operator=(const MemoryDatabase&) = delete;

    /// As it was when it was made.
    void empty();
    /// How many rows the statement matched. Throws database::SqlError with MariaDB's numbers.
    std::uint64_t run(const std::string& sql);
    std::vector<Row> ask(const std::string& sql);

    const Clock& clock() const { return clock_; }
    bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

    sqlite3_stmt* prepared(const std::string& sql);
    sqlite3_stmt* bound(const Shape& shape);
    [[noreturn]] void refuse(sqlite3_stmt* statement);
    void execute(const std::string& sqlite);
    void add_functions();

    static void tell_time(sqlite3_context* context, int count, sqlite3_value** values);
    static void shift_time(sqlite3_context* context, int count, sqlite3_value** values);
    static void remember_id(sqlite3_context* context, int count, sqlite3_value** values);
    static void last_id(sqlite3_context* context, int count, sqlite3_value** values);
    static void find_in_set(sqlite3_context* context, int count, sqlite3_value** values);

    const Clock& clock_;
    sqlite3* handle_ = nullptr;
    std::vector<std::string> first_rows_;  ///< The schema's own.
    std::vector<std::string> clearing_;
    std::unordered_map<std::string, Statement> statements_;
    std::optional<std::int64_t> remembered_id_;  ///< Of a row that was there already.
};

}  // namespace shanhai::simulator
