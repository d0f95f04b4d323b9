#include "chassis/http/csv.hpp"

namespace shanhai::http {
namespace {

/// What spreadsheets begin a formula with.
bool like_a_formula(std::string_view text) {
    constexpr std::string_view beginnings = "=+-@\t\r\n";
    return !text.empty() && beginnings.find(text.front()) != std::string_view::npos;
}

}  // namespace

CsvLine& CsvLine::plain(std::string_view text) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    for (const char character : text) {
        if (character == '"') out_ += '"';
        out_ += character;
    }
    out_ += '"';
    return *this;
}

CsvLine& CsvLine::cell(std::string_view text) {
    return like_a_formula(text) ? plain('\'' + std::string{text}) : plain(text);
}

}  // namespace shanhai::http
