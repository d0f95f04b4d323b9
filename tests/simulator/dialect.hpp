#pragma once

#include "chassis/database/migrations.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace shanhai::simulator {

/// A value that stood in a statement as a literal.
struct Blob {
    std::string bytes;
};
using Value = std::variant<std::int64_t, std::string, Blob>;

/// One of our statements with its literals taken out: statements of one shape are prepared once.
struct Shape {
    std::string sql;  ///< MariaDB's, with ?1, ?2 … for the literals: their order may change.
    std::vector<Value> values;
};

/// Takes the literals out of a statement that database::Literal and our own code wrote.
Shape shape_of(const std::string& sql);

/// The same statement for SQLite. It knows the part of MariaDB's language that our stores use, and leaves out
/// what one thread does not need: locks and the names of indexes.
std::string in_sqlite(std::string sql);

/// A schema's files as SQLite's statements: tables, keys that are unique, checks and first rows.
std::vector<std::string> tables_in_sqlite(const database::Schema& schema);

}  // namespace shanhai::simulator
