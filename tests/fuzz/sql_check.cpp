#include "fuzz/targets.hpp"

#include "chassis/database/session.hpp"

#include <vector>

namespace shanhai::fuzz {
namespace {

/// A statement as MariaDB's lexer takes it apart (sql_lex.cc): texts are taken out of it, and a % stands
/// where each of them stood.
struct Lexed {
    std::string rest;
    std::vector<std::string> texts;
    bool ended = true;  ///< No text is left open.

    explicit Lexed(std::string_view sql) {
        for (std::size_t at = 0; at < sql.size();) {
            if (sql[at] == '\'' || sql[at] == '"') {
                rest += '%';
                at = take_text(sql, at);
            } else {
                rest += sql[at++];
            }
        }
    }

private:
    std::size_t take_text(std::string_view sql, std::size_t at) {
        const char quote = sql[at++];
        auto& text = texts.emplace_back();
        for (; at < sql.size(); ++at) {
            if (sql[at] == quote) {
                if (at + 1 == sql.size() || sql[at + 1] != quote) return at + 1;
                text += sql[++at];
            } else if (sql[at] == '\\' && at + 1 < sql.size()) {
                text += escaped(sql[++at]);
            } else {
                text += sql[at];
            }
        }
        ended = false;
        return at;
    }

    static std::string escaped(char letter) {
        switch (letter) {
            case '0':
                return std::string(1, '\0');
            case 'b':
                return "\b";
            case 'n':
                return "\n";
            case 'r':
                return "\r";
            case 't':
                return "\t";
            case 'Z':
                return "\x1a";
            case '%':
            case '_':
                return {'\\', letter};  // Kept for LIKE.
            default:
                return {letter};
        }
    }
};

}  // namespace

/// Two values, which any of the bytes may part.
std::string fault_of_sql(std::string_view bytes) {
    const auto middle = choice_of(bytes, bytes.size() + 1);
    const std::string text{bytes.substr(0, middle)};
    const std::string data{bytes.substr(middle)};
    const auto sql = database::Session::bind(
        "INSERT INTO kept VALUES (?, 'it''s ?', ?, \"?\\\"\", ?) -- ?",
        {database::Literal{text}, database::Literal::bytes(data), database::Literal{-7}});
    const Lexed lexed{sql};
    if (!lexed.ended) return "a value opens a text that does not end";
    if (lexed.texts != std::vector<std::string>{text, "it's ?", data, "?\""}) return "other values";
    if (lexed.rest != "INSERT INTO kept VALUES (%, %, _binary%, %, -7) -- ?") return "a value became SQL";
    return {};
}

}  // namespace shanhai::fuzz
