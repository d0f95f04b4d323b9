#include "simulator/memory_database.hpp"

#include "chassis/database/session.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace shanhai::simulator {
namespace {

constexpr int duplicate = 1062;
constexpr int check_failed = 4025;
constexpr int parent_missing = 1452;
constexpr int cannot_be_read = 1064;

void check(int code, sqlite3* handle) {
    if (code != SQLITE_OK) throw std::logic_error{std::string{"SQLite: "} + sqlite3_errmsg(handle)};
}

std::string text_of(sqlite3_value* value) {
    const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
    return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

/// As a DATETIME(6) is written: database::Literal knows how.
std::string written(Instant at) {
    const auto literal = database::Literal{at}.text();
    return literal.substr(literal.find('\'') + 1, literal.rfind('\'') - literal.find('\'') - 1);
}

Instant moment_in(std::string text) {
    text[10] = 'T';
    const auto at = parse_rfc3339(text + 'Z');
    if (!at) throw std::logic_error{"no moment: " + text};
    return *at;
}

void answer(sqlite3_context* context, const std::string& text) {
    sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

MemoryDatabase::Row row_of(sqlite3_stmt* statement) {
    MemoryDatabase::Row row;
    for (int column = 0; column < sqlite3_column_count(statement); ++column) {
        if (sqlite3_column_type(statement, column) == SQLITE_NULL) {
            row.emplace_back();
            continue;
        }
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        row.emplace_back(std::in_place, bytes == nullptr ? "" : bytes, size);
    }
    return row;
}

}  // namespace

MemoryDatabase::MemoryDatabase(const database::Schema& schema, const Clock& clock) : clock_{clock} {
    check(sqlite3_open(":memory:", &handle_), handle_);
    check(sqlite3_extended_result_codes(handle_, 1), handle_);
    add_functions();
    for (const auto& statement : tables_in_sqlite(schema)) {
        execute(statement);
        if (statement.starts_with("INSERT")) first_rows_.push_back(statement);
    }
    for (const auto& row : ask("SELECT name FROM sqlite_master WHERE type = 'table'")) {
        clearing_.push_back("DELETE FROM " + *row[0]);
    }
    std::erase_if(first_rows_,
                  [this](const std::string& insert) {  // A later file may have dropped the table.
                      const auto table = insert.substr(std::strlen("INSERT INTO "),
                                                       insert.find('(') - std::strlen("INSERT INTO ") - 1);
                      return std::ranges::find(clearing_, "DELETE FROM " + table) == clearing_.end();
                  });
}

MemoryDatabase::~MemoryDatabase() {
    statements_.clear();
    sqlite3_close(handle_);
}

void MemoryDatabase::empty() {
    for (const auto& statement : clearing_) run(statement);
    for (const auto& statement : first_rows_) execute(statement);
}

std::uint64_t MemoryDatabase::run(const std::string& sql) {
    auto* statement = bound(shape_of(sql));
    remembered_id_.reset();
    const auto code = sqlite3_step(statement);
    if (code != SQLITE_DONE && code != SQLITE_ROW) refuse(statement);
    sqlite3_reset(statement);
    return static_cast<std::uint64_t>(sqlite3_changes(handle_));
}

std::vector<MemoryDatabase::Row> MemoryDatabase::ask(const std::string& sql) {
    auto* statement = bound(shape_of(sql));
    std::vector<Row> rows;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) rows.push_back(row_of(statement));
    if (code != SQLITE_DONE) refuse(statement);
    sqlite3_reset(statement);
    return rows;
}

sqlite3_stmt* MemoryDatabase::prepared(const std::string& sql) {
    auto& statement = statements_[sql];
    if (statement) return statement.get();
    const auto own = in_sqlite(sql);
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v2(handle_, own.c_str(), -1, &made, nullptr) != SQLITE_OK) {
        throw std::logic_error{"SQLite cannot read " + own + ": " + sqlite3_errmsg(handle_)};
    }
    statement.reset(made);
    return made;
}

sqlite3_stmt* MemoryDatabase::bound(const Shape& shape) {
    auto* statement = prepared(shape.sql);
    int place = 0;
    for (const auto& value : shape.values) {
        ++place;
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            check(sqlite3_bind_int64(statement, place, *number), handle_);
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            check(sqlite3_bind_text(statement, place, text->data(), static_cast<int>(text->size()),
                                    SQLITE_TRANSIENT),
                  handle_);
        } else {
            const auto& bytes = std::get<Blob>(value).bytes;
            check(sqlite3_bind_blob(statement, place, bytes.data(), static_cast<int>(bytes.size()),
                                    SQLITE_TRANSIENT),
                  handle_);
        }
    }
    return statement;
}

void MemoryDatabase::refuse(sqlite3_stmt* statement) {
    const auto code = sqlite3_extended_errcode(handle_);
    const std::string said = sqlite3_errmsg(handle_);
    sqlite3_reset(statement);
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            throw database::SqlError{duplicate, said};
        case SQLITE_CONSTRAINT_CHECK:
            throw database::SqlError{check_failed, said};
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            throw database::SqlError{parent_missing, said};
        default:
            throw database::SqlError{cannot_be_read, said};
    }
}

void MemoryDatabase::execute(const std::string& sqlite) {
    if (sqlite3_exec(handle_, sqlite.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return;
    throw std::logic_error{"SQLite cannot run " + sqlite + ": " + sqlite3_errmsg(handle_)};
}

void MemoryDatabase::add_functions() {
    const auto add = [this](const char* name, int count, auto* function) {
        check(sqlite3_create_function(handle_, name, count, SQLITE_UTF8, this, function, nullptr, nullptr),
              handle_);
    };
    add("utc_now", 0, &tell_time);
    add("shifted", 2, &shift_time);
    add("set_last_id", 1, &remember_id);
    add("last_id", 0, &last_id);
    add("find_in_set", 2, &find_in_set);
}

void MemoryDatabase::tell_time(sqlite3_context* context, int /*count*/, sqlite3_value** /*values*/) {
    answer(context, written(static_cast<MemoryDatabase*>(sqlite3_user_data(context))->clock_.now()));
}

void MemoryDatabase::shift_time(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) return;
    const std::chrono::microseconds by{sqlite3_value_int64(values[1])};
    answer(context, written(moment_in(text_of(values[0])) + by));
}

void MemoryDatabase::remember_id(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
    const auto id = sqlite3_value_int64(values[0]);
    static_cast<MemoryDatabase*>(sqlite3_user_data(context))->remembered_id_ = id;
    sqlite3_result_int64(context, id);
}

void MemoryDatabase::last_id(sqlite3_context* context, int /*count*/, sqlite3_value** /*values*/) {
    const auto& database = *static_cast<MemoryDatabase*>(sqlite3_user_data(context));
    sqlite3_result_int64(context,
                         database.remembered_id_.value_or(sqlite3_last_insert_rowid(database.handle_)));
}

void MemoryDatabase::find_in_set(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
    const auto wanted = ',' + text_of(values[0]) + ',';
    const auto list = ',' + text_of(values[1]) + ',';
    const auto found = list.find(wanted);
    std::int64_t place = 0;
    if (found != std::string::npos) {
        for (std::size_t at = 0; at <= found; ++at) place += list[at] == ',' ? 1 : 0;
    }
    sqlite3_result_int64(context, place);
}

}  // namespace shanhai::simulator
