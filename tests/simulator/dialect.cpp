#include "simulator/dialect.hpp"

#include <cctype>
#include <regex>
#include <string_view>

namespace shanhai::simulator {
namespace {

bool in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

char unescaped(char c) {
    if (c == '0') return '\0';
    return c == 'Z' ? '\x1a' : c;
}

/// The text between quotes from `at` on, which is moved behind them.
std::string read_quoted(const std::string& sql, std::size_t& at) {
    std::string text;
    for (++at; at < sql.size() && sql[at] != '\''; ++at) {
        text += sql[at] == '\\' ? unescaped(sql[++at]) : sql[at];
    }
    ++at;
    return text;
}

bool drop_end(std::string& text, std::string_view end) {
    if (!text.ends_with(end)) return false;
    text.resize(text.size() - end.size());
    return true;
}

/// `TIMESTAMP'…'` and `DATE'…'` are texts here.
Value quoted_value(const std::string& sql, std::size_t& at, std::string& before) {
    if (drop_end(before, "_binary")) return Blob{read_quoted(sql, at)};
    if (!drop_end(before, "TIMESTAMP")) drop_end(before, "DATE");
    return read_quoted(sql, at);
}

std::int64_t read_number(const std::string& sql, std::size_t& at) {
    std::size_t length = 0;
    const auto value = std::stoll(sql.substr(at, 20), &length);
    at += length;
    return value;
}

std::string replaced(const std::string& sql, const char* pattern, const char* by) {
    return std::regex_replace(sql, std::regex{pattern}, by);
}

/// UPDATE t a JOIN (…) v ON … SET a.x = v.x WHERE …
std::string joined_update(const std::string& sql) {
    static const std::regex form{
        R"(^UPDATE (\w+) (\w+) JOIN (\(.*\)) (\w+) ON (.+?) SET (.*?)(?: WHERE (.*))?$)"};
    std::smatch found;
    if (!std::regex_match(sql, found, form)) return sql;
    const std::regex own{"(^|, )" + found[2].str() + R"(\.(\w+) =)"};
    const auto set = std::regex_replace(found[6].str(), own, "$1$2 =");
    auto text = "UPDATE " + found[1].str() + " AS " + found[2].str() + " SET " + set + " FROM " +
                found[3].str() + " AS " + found[4].str() + " WHERE " + found[5].str();
    if (found[7].matched) text += " AND (" + found[7].str() + ")";
    return text;
}

std::string column_types(std::string sql) {
    sql = replaced(sql, "BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY",
                   "INTEGER PRIMARY KEY AUTOINCREMENT");
    sql = replaced(sql, R"( CHARACTER SET \w+ COLLATE \w+)", "");
    sql = replaced(sql, R"(\bENUM\s*\([^)]*\)|\b(VAR)?CHAR\(\d+\)|\bDATETIME\(6\)|\bDATE\b)", "TEXT");
    sql = replaced(sql, R"(\b(VAR)?BINARY\(\d+\)|\b(LONG|MEDIUM)BLOB\b)", "BLOB");
    return replaced(sql, R"(\b(BIG|TINY)?INT\b( UNSIGNED)?|\bBOOLEAN\b)", "INTEGER");
}

/// Nothing for what changes no table here: wider types, keys that are not unique, checks that grew.
std::string table_in_sqlite(std::string sql) {
    if (sql.find("INSERT INTO") == 0) {
        if (sql.find("SELECT") != std::string::npos) return {};
        return in_sqlite(replaced(sql, R"(HEX\(RANDOM_BYTES\(8\)\))", "'0123456789ABCDEF'"));
    }
    if (sql.find("ALTER TABLE") == 0 && sql.find("ADD COLUMN") == std::string::npos) return {};
    sql = replaced(sql, "ADD COLUMN IF NOT EXISTS", "ADD COLUMN");
    sql = replaced(sql, R"(\)\s*ENGINE[^)]*$)", ")");
    sql = replaced(sql, R"(UNIQUE KEY \w+)", "UNIQUE");
    sql = replaced(sql, R"(,\s*KEY \w+ \([^)]*\))", "");
    return column_types(std::move(sql));
}

}  // namespace

Shape shape_of(const std::string& sql) {
    Shape shape;
    shape.sql.reserve(sql.size());
    for (std::size_t at = 0; at < sql.size();) {
        const bool word_before = !shape.sql.empty() && in_word(shape.sql.back());
        if (sql[at] == '\'') {
            shape.values.push_back(quoted_value(sql, at, shape.sql));
            shape.sql += '?' + std::to_string(shape.values.size());
        } else if (std::isdigit(static_cast<unsigned char>(sql[at])) != 0 && !word_before) {
            shape.values.emplace_back(read_number(sql, at));
            shape.sql += '?' + std::to_string(shape.values.size());
        } else if (sql.compare(at, 16, "UTC_TIMESTAMP(6)") == 0) {
            shape.sql += "utc_now()";
            at += 16;
        } else if (sql.compare(at, 2, "/*") == 0) {
            at = sql.find("*/", at) + 2;
        } else {
            shape.sql += sql[at++];
        }
    }
    return shape;
}

std::string in_sqlite(std::string sql) {
    sql = replaced(sql, R"( FORCE INDEX \([^)]*\)|STRAIGHT_JOIN | FOR UPDATE( SKIP LOCKED)?)", "");
    sql = replaced(sql, R"(\bLAST_INSERT_ID\((\w+)\))", "set_last_id($1)");
    sql = replaced(sql, R"(\bLAST_INSERT_ID\(\))", "last_id()");
    sql = replaced(sql, R"(\bGREATEST\()", "max(");
    sql = replaced(sql, R"(\bLEAST\()", "min(");
    sql = replaced(sql, R"(\bIF\()", "iif(");
    sql = replaced(sql, R"(\bAS SIGNED\b)", "AS INTEGER");
    sql = replaced(sql, R"(\bVALUES\((\w+)\))", "excluded.$1");
    sql = replaced(sql, "ON DUPLICATE KEY UPDATE", "ON CONFLICT DO UPDATE SET");
    sql = replaced(sql, R"((\w+(?:\.\w+)?(?:\(\))?) ([+-]) INTERVAL (.+?) SECOND\b)",
                   "shifted($1, $2($3) * 1000000)");
    sql = replaced(sql, R"((\w+(?:\.\w+)?(?:\(\))?) ([+-]) INTERVAL (.+?) MICROSECOND\b)",
                   "shifted($1, $2($3))");
    return joined_update(sql);
}

std::vector<std::string> tables_in_sqlite(const database::Schema& schema) {
    std::vector<std::string> statements;
    for (const auto& file : schema) {
        for (const auto& statement : database::statements_of(file.sql)) {
            auto own = table_in_sqlite(replaced(statement, R"(^\s+)", ""));
            if (!own.empty()) statements.push_back(std::move(own));
        }
    }
    return statements;
}

}  // namespace shanhai::simulator
