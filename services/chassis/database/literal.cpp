#include "chassis/database/session.hpp"

namespace shanhai::database {
namespace {

// The sessions' sql_mode has no NO_BACKSLASH_ESCAPES, and no byte of a UTF-8 sequence looks like a quote or
// a backslash: these replacements suffice for any bytes, valid UTF-8 or not.
std::string quoted(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 2);
    out += '\'';
    for (const char c : text) {
        switch (c) {
            case '\'':
                out += "\\'";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\0':
                out += "\\0";
                break;
            case '\x1a':
                out += "\\Z";
                break;
            default:
                out += c;
        }
    }
    out += '\'';
    return out;
}

std::string moment_text(Instant at) {
    return date_text(std::chrono::floor<std::chrono::days>(at)) + ' ' + clock_text(at);
}

/// What a scan of a statement is inside of; a '?' counts only in plain SQL.
std::size_t end_of_quoted(std::string_view sql, std::size_t at) {
    const char quote = sql[at];
    for (++at; at < sql.size(); ++at) {
        if (sql[at] == '\\' && quote != '`') {
            ++at;
        } else if (sql[at] == quote) {
            return at + 1;  // A doubled quote reopens at once, which comes to the same.
        }
    }
    return sql.size();
}

std::size_t end_of_comment(std::string_view sql, std::size_t at) {
    const bool block = sql[at] == '/';
    const auto end = block ? sql.find("*/", at + 2) : sql.find('\n', at);
    if (end == std::string_view::npos) return sql.size();
    return block ? end + 2 : end + 1;
}

bool begins_comment(std::string_view sql, std::size_t at) {
    const auto rest = sql.substr(at);
    return rest.starts_with('#') || rest.starts_with("/*") || rest.starts_with("-- ") ||
           rest.starts_with("--\n");
}

/// The end of the piece of SQL that begins at `at` and holds no placeholder, except perhaps right there.
std::size_t end_of_piece(std::string_view sql, std::size_t at) {
    const char c = sql[at];
    if (c == '\'' || c == '"' || c == '`') return end_of_quoted(sql, at);
    if (begins_comment(sql, at)) return end_of_comment(sql, at);
    return at + 1;
}

}  // namespace

Literal::Literal(std::string_view text) : text_{quoted(text)} {}
Literal::Literal(Instant at) : text_{"TIMESTAMP'" + moment_text(at) + "'"} {}
Literal::Literal(Date day) : text_{"DATE'" + date_text(day) + "'"} {}

/// Shorter than x'…', which doubles the bytes that are sent and parsed.
Literal Literal::bytes(std::string_view data) {
    Literal literal{nullptr};
    literal.text_ = "_binary" + quoted(data);
    return literal;
}

std::string Session::bind(std::string_view sql, std::initializer_list<Literal> values) {
    std::string out;
    out.reserve(sql.size() + values.size() * 16);
    const auto* value = values.begin();
    for (std::size_t at = 0; at < sql.size();) {
        const auto end = end_of_piece(sql, at);
        if (sql[at] != '?') {
            out += sql.substr(at, end - at);
        } else if (value == values.end()) {
            throw std::logic_error{"more placeholders than values in: " + std::string{sql}};
        } else {
            out += (value++)->text();
        }
        at = end;
    }
    if (value != values.end()) {
        throw std::logic_error{"more values than placeholders in: " + std::string{sql}};
    }
    return out;
}

}  // namespace shanhai::database
