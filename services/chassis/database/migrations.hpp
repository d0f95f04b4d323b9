#pragma once

#include "chassis/database/pool.hpp"

#include <string>
#include <vector>

namespace shanhai::database {

/// One numbered file of a service's store/schema: "0001_orders" and its statements.
struct Migration {
    std::string name;
    std::string sql;  ///< Statements ended by ';' at the end of a line; no ';' elsewhere at a line's end.
};
using Schema = std::vector<Migration>;

/// The statements of a file, without its comments.
std::vector<std::string> statements_of(const std::string& sql);

/// Applies what is missing, in order, under a lease row so that several processes may start at once.
/// The table `migration` remembers each file's name and SHA-256: a file that was edited after it was
/// applied fails with Failure::internal `migration-changed`, unless a line "-- released-as: <sha256>" of it
/// names what was applied, because the file was rewritten to the same effect. A process that dies between two
/// statements begins the file again, so every statement must be one that may run twice. At last every text
/// column of the schema is made to compare byte by byte. Applies the chassis's own tables (outbox, consumed,
/// relay lease, sequence) first. Waits up to `patience` for the database to appear.
Result<Done> migrate(Pool& pool, const Schema& schema, std::chrono::seconds patience);

/// Hands out `count` consecutive numbers of a named sequence, in a transaction of its own, so that
/// rows can be given their ids before they are inserted. A number that is not used is never used.
Result<std::uint64_t> reserve_numbers(Session& session, const std::string& name, std::uint64_t count);

}  // namespace shanhai::database
