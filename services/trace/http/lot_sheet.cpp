#include "trace/http/lot_sheet.hpp"

#include "chassis/http/json.hpp"

#include <array>
#include <limits>

namespace shanhai::trace {
namespace {

using sheets::Column;
using sheets::Kind;

constexpr std::int64_t id_max = std::numeric_limits<std::int64_t>::max();

constexpr std::array columns{Column{"base_id", "基地编号", Kind::integer, true},
                             Column{"sku_id", "规格编号", Kind::integer, true},
                             Column{"lot_code", "批次号", Kind::text, true},
                             Column{"county_code", "产地区划代码", Kind::text},
                             Column{"harvest_date", "采收日期", Kind::day},
                             Column{"production_date", "生产日期", Kind::day, true},
                             Column{"expiry_date", "到期日期", Kind::day},
                             Column{"quantity", "件数", Kind::integer, true},
                             Column{"net_content_g", "每件净含量（克）", Kind::integer},
                             Column{"conformity_certificate_no", "承诺达标合格证号", Kind::text},
                             Column{"test_report_no", "检测报告号", Kind::text},
                             Column{"product_name", "商品名称（仅供查看）", Kind::shown},
                             Column{"lot_id", "批次编号（仅供查看）", Kind::shown},
                             Column{"saleable", "可售（仅供查看）", Kind::shown}};

std::string day_text(const std::optional<Date>& day) { return day ? date_text(*day) : std::string{}; }

std::string lot_column(std::string_view pointer) {
    return std::string{pointer.substr(pointer.empty() ? 0 : 1)};
}

}  // namespace

Result<LotRequest> lot_from(const boost::json::value& body) {
    http::Fields fields{body};
    const auto base = fields.integer("base_id", 1, id_max);
    const auto sku = fields.integer("sku_id", 1, id_max);
    auto code = fields.parsed<LotCode>("lot_code");
    const auto county = fields.optional_parsed<CountyCode>("county_code");
    const auto harvest = fields.optional_checked<Date>("harvest_date", parse_date);
    const auto production = fields.checked<Date>("production_date", parse_date);
    const auto expiry = fields.optional_checked<Date>("expiry_date", parse_date);
    const auto quantity = fields.integer("quantity", 1, lot_quantity_max);
    const auto net_content = fields.optional_integer("net_content_g", 1, net_content_max.count());
    const auto certificate = fields.optional_text("conformity_certificate_no", 1, 64);
    const auto report = fields.optional_text("test_report_no", 1, 64);
    if (auto error = fields.complaints()) return *error;
    std::optional<Gram> grams;
    if (net_content) grams = Gram{*net_content};
    return LotRequest{BaseId{static_cast<std::uint64_t>(base)},
                      SkuId{static_cast<std::uint64_t>(sku)},
                      std::move(*code),
                      county,
                      harvest,
                      *production,
                      expiry,
                      quantity,
                      grams,
                      certificate.value_or(""),
                      report.value_or("")};
}

std::span<const Column> lot_columns_of_tables() { return columns; }

std::vector<LotLine> lot_lines(const sheets::Table& table, LineFaults& faults) {
    std::vector<LotLine> lines;
    for (std::size_t i = 0; i < table.lines(); ++i) {
        const auto number = table.number_of(i);
        auto request = lot_from(table.object_of(i, faults));
        if (!request) {
            faults.add(number, request.error(), lot_column);
        } else if (!faults.has(number)) {
            lines.push_back({number, std::move(*request)});
        }
    }
    return lines;
}

void write_lot(std::string& out, const NamedLot& named) {
    const auto& lot = named.lot;
    sheets::CsvLine{out}
        .cell(number(lot.base))
        .cell(number(lot.sku))
        .cell(lot.code.text())
        .cell(lot.county.text())
        .cell(day_text(lot.harvest))
        .cell(date_text(lot.production))
        .cell(day_text(lot.expiry))
        .cell(static_cast<std::uint64_t>(lot.quantity))
        .cell(static_cast<std::uint64_t>(lot.net_content.count()))
        .cell(lot.conformity_certificate_no)
        .cell(lot.test_report_no)
        .cell(named.product_name)
        .cell(number(lot.id))
        .cell(sheets::said(lot.saleable));
}

}  // namespace shanhai::trace
