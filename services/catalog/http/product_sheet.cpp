#include "catalog/http/product_sheet.hpp"

#include "catalog/domain/category.hpp"
#include "catalog/http/catalog_bodies.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <map>
#include <set>

namespace shanhai::catalog {
namespace {

using sheets::Column;
using sheets::Kind;
using sheets::Word;

constexpr std::array return_policies{
    Word{"SEVEN_DAY", "七天无理由退货"}, Word{"FRESH_EXEMPT", "鲜活易腐，不支持"},
    Word{"CUSTOM_EXEMPT", "定制商品，不支持"}, Word{"CONFIRMED_EXEMPT", "顾客确认后不支持"}};
constexpr std::array purchase_modes{Word{"DIRECT_PURCHASE", "直接采购"}, Word{"ASSISTED_SALE", "帮助销售"}};

std::span<const Word> category_words() {
    static const auto words = [] {
        std::vector<Word> all;
        for (const auto& one : categories()) all.push_back({one.code, one.name});
        return all;
    }();
    return words;
}

/// Members of an SKU, by the columns' names.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> sku_members{
    {{"gtin", "gtin"},
     {"sku_name", "name"},
     {"net_content_g", "net_content_g"},
     {"price_yuan", "price_fen"},
     {"quantity_max", "quantity_max"},
     {"min_remaining_days", "min_remaining_days"}}};

/// The body of addProduct that a line is.
boost::json::object body_of(boost::json::object cells) {
    boost::json::object sku;
    for (const auto& [column, member] : sku_members) {
        const auto found = cells.find(column);
        if (found == cells.end()) continue;
        sku[member] = std::move(found->value());
        cells.erase(column);
    }
    // The column is older than galleries, and keeps its name; one address in it is a gallery of one.
    if (const auto found = cells.find("image"); found != cells.end()) {
        cells["images"] = found->value();
        cells.erase("image");
    }
    boost::json::array skus;
    skus.push_back(std::move(sku));
    cells["skus"] = std::move(skus);
    return cells;
}

void write(std::string& out, const Product& product, const Sku& sku) {
    const auto& text = product.text;
    sheets::CsvLine{out}
        .cell(number(product.merchant))
        .cell(product.county.text())
        .cell(text.name)
        .cell(sheets::joined(text.aliases))
        .cell(sheets::said(category_words(), text.category))
        .cell(text.summary)
        .cell(text.description)
        .cell(text.storage)
        .cell(text.shelf_life_days ? std::to_string(*text.shelf_life_days) : "")
        .cell(text.origin_statement)
        .cell(sheets::said(return_policies, wire_name(text.return_policy)))
        .cell(sheets::said(purchase_modes, wire_name(text.purchase_mode)))
        .cell(sheets::joined(text.tags))
        .cell(sheets::joined(text.images))
        .cell(sheets::said(product.listed))
        .cell(sku.gtin.text())
        .cell(sku.name)
        .cell(static_cast<std::uint64_t>(sku.net_content.count()))
        .cell(yuan_text(sku.price))
        .cell(static_cast<std::uint64_t>(sku.quantity_max))
        .cell(static_cast<std::uint64_t>(sku.min_remaining_days))
        .cell(number(product.id))
        .cell(number(sku.id));
}

std::map<ProductId, Shown> by_id(const ShownOrder& order) {
    std::map<ProductId, Shown> sorted;
    for (const auto& shown : order) sorted.emplace(shown->product->id, shown);
    return sorted;
}

}  // namespace

std::span<const Column> product_columns() {
    static const std::array columns{Column{"merchant_id", "商户编号", Kind::integer, true},
                                    Column{"county_code", "产地区划代码", Kind::text, true},
                                    Column{"name", "商品名称", Kind::text, true},
                                    Column{"alias", "别名", Kind::texts},
                                    Column{"category", "品类", Kind::word, true, category_words()},
                                    Column{"summary", "一句话介绍", Kind::text, true},
                                    Column{"description", "详细介绍", Kind::text, true},
                                    Column{"storage", "贮存条件", Kind::text},
                                    Column{"shelf_life_days", "保质期（天）", Kind::integer},
                                    Column{"origin_statement", "产地说明", Kind::text, true},
                                    Column{"return_policy", "退货规则", Kind::word, true, return_policies},
                                    Column{"purchase_mode", "采购方式", Kind::word, true, purchase_modes},
                                    Column{"tags", "标签", Kind::texts},
                                    Column{"image", "图片地址", Kind::texts},
                                    Column{"listed", "上架", Kind::flag},
                                    Column{"gtin", "商品条码", Kind::text, true},
                                    Column{"sku_name", "规格名称", Kind::text, true},
                                    Column{"net_content_g", "净含量（克）", Kind::integer, true},
                                    Column{"price_yuan", "价格（元）", Kind::yuan, true},
                                    Column{"quantity_max", "每单最多", Kind::integer},
                                    Column{"min_remaining_days", "至少剩余天数", Kind::integer},
                                    Column{"product_id", "商品编号（仅供查看）", Kind::shown},
                                    Column{"sku_id", "规格编号（仅供查看）", Kind::shown}};
    return columns;
}

std::vector<ProductLine> product_lines(const sheets::Table& table, LineFaults& faults) {
    std::vector<ProductLine> lines;
    for (std::size_t i = 0; i < table.lines(); ++i) {
        const auto number = table.number_of(i);
        auto cells = table.object_of(i, faults);
        std::set<std::string> given;
        for (const auto& cell : cells) given.emplace(cell.key());
        auto product = product_from(body_of(std::move(cells)));
        if (!product) {
            faults.add(number, product.error(), product_column);
        } else if (!faults.has(number)) {
            lines.push_back({number, **product, std::move(given)});
        }
    }
    return lines;
}

Result<std::string> product_table(const View& view, std::optional<MerchantId> merchant,
                                  const Author& author) {
    std::string out;
    std::size_t lines = 0;
    sheets::write_headings(out, product_columns());
    const auto goods = by_id(merchant ? view.of_merchant(*merchant) : view.order);
    for (const auto& [id, shown] : goods) {
        const auto& product = *shown->product;
        const auto* const seller = view.facts->merchant(product.merchant);
        if (seller == nullptr || seller->fault_of_writing(author)) continue;
        lines += product.skus.size();
        if (lines > sheets::export_lines_max) return sheets::export_too_long();
        for (const auto& sku : product.skus) write(out, product, sku);
    }
    return out;
}

}  // namespace shanhai::catalog
