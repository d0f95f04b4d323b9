#include "certification/http/catalogue_csv.hpp"

#include "chassis/sheets/csv.hpp"

#include <array>

namespace shanhai::certification {
namespace {

using sheets::CsvLine;

constexpr std::array<std::string_view, 19> headings{
    "认定办法",         "办法代码",       "年度",     "版次",
    "证书编号",         "认证编号",       "产品编号", "产品名称",
    "产地代码",         "产地",           "商户",     "认定部门",
    "有效期自",         "有效期至（含）", "申请编号", "产品信息 SHA-256",
    "申报材料 SHA-256", "带动户数",       "带动人数"};

}  // namespace

std::string csv_of(const Catalogue& catalogue) {
    std::string out{sheets::byte_order_mark};
    {
        CsvLine line{out};
        for (const auto heading : headings) line.cell(heading);
    }
    for (const auto& entry : catalogue.entries) {
        CsvLine line{out};
        line.cell(catalogue.scheme_name)
            .cell(catalogue.scheme.text())
            .cell(static_cast<std::uint64_t>(catalogue.year))
            .cell(static_cast<std::uint64_t>(catalogue.number))
            .cell(entry.number)
            .cell(number(entry.certification))
            .cell(number(entry.product))
            .cell(entry.product_name)
            .cell(entry.county_code)
            .cell(entry.county_name)
            .cell(entry.merchant_name)
            .cell(entry.authority)
            .cell(date_text(entry.valid_from))
            .cell(date_text(entry.valid_to - std::chrono::days{1}))
            .cell(entry.application ? std::to_string(static_cast<std::uint64_t>(*entry.application)) : "")
            .cell(entry.snapshot_hash)
            .cell(entry.evidence_hash)
            .cell(entry.households ? std::to_string(entry.households->count) : "")
            .cell(entry.households && entry.households->people ? std::to_string(*entry.households->people)
                                                               : "");
    }
    return out;
}

}  // namespace shanhai::certification
