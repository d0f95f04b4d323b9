#include "chassis/sheets/table.hpp"

#include "chassis/http/json.hpp"
#include "chassis/http/negotiate.hpp"
#include "chassis/http/parameters.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

namespace shanhai::sheets {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 6> separators{"\n", "；", ";", "、", "，", ","};
constexpr std::array<std::string_view, 5> yes{"是", "true", "TRUE", "yes", "1"};
constexpr std::array<std::string_view, 5> no{"否", "false", "FALSE", "no", "0"};

std::string_view bare(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_csv(std::string_view content_type) {
    return http::declares_utf8(content_type) &&
           http::equal_without_case(http::trimmed(content_type.substr(0, content_type.find(';'))),
                                    "text/csv");
}

Error wrong_headings(std::vector<FieldError> fields) {
    return Error{Failure::invalid, "import-headings",
                 "The first line does not name the columns of the table.", std::move(fields)};
}

const Column* column_called(std::string_view cell, std::span<const Column> columns) {
    const auto called = [cell](const Column& one) { return cell == one.heading || cell == one.name; };
    const auto found = std::ranges::find_if(columns, called);
    return found == columns.end() ? nullptr : &*found;
}

/// Which column stands where.
Result<std::vector<const Column*>> places_of(const Record& record, std::span<const Column> columns) {
    std::vector<const Column*> places;
    std::vector<FieldError> faults;
    const auto complain = [&](std::string_view name, std::string detail) {
        faults.push_back(
            {"/lines/" + std::to_string(record.line) + '/' + std::string{name}, std::move(detail)});
    };
    for (const auto& cell : record.cells) {
        const auto heading = bare(cell);
        const auto* const column = heading.empty() ? nullptr : column_called(heading, columns);
        const auto number = std::to_string(places.size() + 1);
        if (column == nullptr && !heading.empty()) {
            complain(number, "no column of this table is called so");
        } else if (column != nullptr && std::ranges::find(places, column) != places.end()) {
            complain(column->name, "this column is named twice");
        }
        places.push_back(column);
    }
    for (const auto& column : columns) {
        if (column.needed && std::ranges::find(places, &column) == places.end()) {
            complain(column.name, "this column is missing");
        }
    }
    if (!faults.empty()) {
        faults.resize(std::min(faults.size(), http::Fields::complaints_max));
        return wrong_headings(std::move(faults));
    }
    return places;
}

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// "2026/5/1" and "2026年5月1日" as "2026-05-01"; anything else as it is.
std::string day_text(std::string_view cell) {
    std::string text{cell};
    for (const auto& [sign, instead] :
         {std::pair{"年", "-"}, std::pair{"月", "-"}, std::pair{"日", ""}, std::pair{"/", "-"}}) {
        for (auto at = text.find(sign); at != text.npos; at = text.find(sign, at))
            text.replace(at, std::string_view{sign}.size(), instead);
    }
    const auto month = text.find('-');
    const auto day = month == text.npos ? text.npos : text.find('-', month + 1);
    if (day == text.npos) return std::string{cell};
    const auto padded = [](const std::string& digits) { return digits.size() == 1 ? "0" + digits : digits; };
    return text.substr(0, month) + '-' + padded(text.substr(month + 1, day - month - 1)) + '-' +
           padded(text.substr(day + 1));
}

json::value flag_of(std::string_view cell) {
    if (std::ranges::find(yes, cell) != yes.end()) return true;
    if (std::ranges::find(no, cell) != no.end()) return false;
    return json::value(cell);
}

std::string_view name_of(std::span<const Word> words, std::string_view cell) {
    const auto found = std::ranges::find(words, cell, &Word::said);
    return found == words.end() ? cell : found->name;
}

json::value texts_of(std::string_view cell) {
    json::array texts;
    for (const auto& text : split(cell)) texts.emplace_back(text);
    return texts;
}

json::value value_of(const Column& column, std::string_view cell) {
    switch (column.kind) {
        case Kind::integer:
            if (const auto number = whole(cell)) return *number;
            break;
        case Kind::yuan:
            if (const auto fen = fen_of(cell)) return *fen;
            break;
        case Kind::day:
            return json::value(day_text(cell));
        case Kind::flag:
            return flag_of(cell);
        case Kind::texts:
            return texts_of(cell);
        case Kind::word:
            return json::value(name_of(column.words, cell));
        case Kind::text:
        case Kind::shown:
            break;
    }
    return json::value(cell);
}

json::object counts(const ImportReport& report) {
    json::object body;
    body["lines"] = report.lines;
    body["made"] = report.made;
    body["already_there"] = report.repeated;
    body["written"] = report.written;
    return body;
}

http::Response refusal_of(const ImportReport& report) {
    const auto& faults = report.faults;
    const auto refused =
        faults.forbidden()
            ? Error{Failure::forbidden, "not-your-merchant", "A line is of another organisation's merchant."}
            : Error{Failure::invalid, "import-refused",
                    std::to_string(faults.bad_lines()) + " of " + std::to_string(report.lines) +
                        " lines are at fault; nothing was written."};
    auto response = http::respond_with(refused);
    json::array errors;
    for (const auto& fault : faults.told()) {
        json::object error;
        error["pointer"] =
            "/lines/" + std::to_string(fault.line) + (fault.column.empty() ? "" : '/' + fault.column);
        error["code"] = fault.code;
        error["detail"] = fault.detail;
        errors.push_back(std::move(error));
    }
    response.body.pop_back();
    response.body += ",\"lines\":" + std::to_string(report.lines) +
                     ",\"bad_lines\":" + std::to_string(faults.bad_lines()) +
                     ",\"errors\":" + json::serialize(errors) + '}';
    return response;
}

}  // namespace

Result<Table> Table::in(const http::Request& request, std::span<const Column> columns) {
    if (!is_csv(request.header("Content-Type"))) {
        return Error{Failure::unsupported_media_type, "unsupported-media-type",
                     "A table is text/csv in UTF-8."};
    }
    auto records = read_csv(request.body, {});
    if (!records) return records.error();
    if (records->empty()) return Error{Failure::invalid, "import-empty", "There is nothing in the table."};
    auto places = places_of(records->front(), columns);
    if (!places) return places.error();
    records->erase(records->begin());
    if (records->empty()) {
        return Error{Failure::invalid, "import-empty", "There is no line below the headings."};
    }
    return Table{std::move(*places), std::move(*records)};
}

json::object Table::object_of(std::size_t index, LineFaults& faults) const {
    const auto& record = records_[index];
    json::object object;
    for (std::size_t i = 0; i < record.cells.size(); ++i) {
        const auto written = unguarded(record.cells[i]);
        const auto cell = bare(written);
        if (cell.empty()) continue;
        const auto* const column = i < places_.size() ? places_[i] : nullptr;
        if (column == nullptr) {
            faults.add(
                {record.line, std::to_string(i + 1), "cell-without-heading", "stands below no heading"});
        } else if (column->kind == Kind::yuan && !fen_of(cell)) {
            faults.add({record.line, std::string{column->name}, "validation-failed",
                        "must be yuan, with two decimals at most"});
            object[column->name] = 1;  // Harmless: one complaint of a cell is enough.
        } else if (column->kind != Kind::shown) {
            object[column->name] = value_of(*column, column->kind == Kind::texts ? written : cell);
        }
    }
    return object;
}

std::optional<std::int64_t> fen_of(std::string_view yuan) {
    constexpr std::size_t digits_max = 12;  // More than anything costs, and no overflow.
    const auto point = std::min(yuan.find('.'), yuan.size());
    std::string digits{yuan.substr(0, point)};
    auto cents = std::string{yuan.substr(std::min(point + 1, yuan.size()))};
    if (digits.empty() || cents.size() > 2 || (point < yuan.size() && cents.empty())) return std::nullopt;
    cents.resize(2, '0');
    digits += cents;
    const bool plain = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (!plain || digits.size() > digits_max) return std::nullopt;
    return whole(digits);
}

std::string joined(const std::vector<std::string>& texts) {
    const bool plain = std::ranges::none_of(texts, [](const std::string& text) {
        return std::ranges::any_of(separators, [&](auto one) { return text.find(one) != text.npos; });
    });
    std::string cell;
    for (const auto& text : texts) {
        if (!cell.empty() && plain) cell += "；";
        cell += text;
        if (!plain) cell += '\n';  // Then line breaks alone separate, also behind a single text.
    }
    return cell;
}

std::vector<std::string> split(std::string_view cell) {
    const bool by_lines = cell.find('\n') != cell.npos;
    std::vector<std::string> texts;
    std::string text;
    const auto finish = [&] {
        if (!bare(text).empty()) texts.emplace_back(bare(text));
        text.clear();
    };
    while (!cell.empty()) {
        const auto found = std::ranges::find_if(separators, [&](auto one) { return cell.starts_with(one); });
        if (found == separators.end() || (by_lines && *found != "\n")) {
            text += cell.front();
            cell.remove_prefix(1);
            continue;
        }
        finish();
        cell.remove_prefix(found->size());
    }
    finish();
    return texts;
}

std::string_view said(bool flag) { return flag ? yes.front() : no.front(); }

std::string_view said(std::span<const Word> words, std::string_view name) {
    const auto found = std::ranges::find(words, name, &Word::name);
    return found == words.end() ? name : found->said;
}

void write_headings(std::string& out, std::span<const Column> columns) {
    out += byte_order_mark;
    CsvLine line{out};
    for (const auto& column : columns) line.cell(column.heading);
}

Error export_too_long() {
    return Error{Failure::invalid, "export-too-long",
                 "This would be more than " + std::to_string(export_lines_max) + " lines; ask for fewer."};
}

http::Response table_response(std::string body, std::string_view name) {
    http::Response response;
    response.body = std::move(body);
    response.content_type = "text/csv; charset=utf-8; header=present";
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"" + std::string{name} + "\"");
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

http::Response response_of(const ImportReport& report) {
    if (!report.faults.none()) return refusal_of(report);
    return http::json_response(counts(report), report.written && report.made > 0 ? 201 : 200);
}

Result<ImportTerms> terms_of(const http::Request& request) {
    http::Parameters parameters{request};
    const auto check = parameters.optional_flag("check");
    if (auto error = parameters.complaints()) return *error;
    return ImportTerms{check.value_or(false)};
}

}  // namespace shanhai::sheets
