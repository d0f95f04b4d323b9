#include "catalog/domain/product_import.hpp"

#include <algorithm>

namespace shanhai::catalog {
namespace {

template <class Key, class Value>
const Value* found(const std::map<Key, Value>& map, const Key& key) {
    const auto at = map.find(key);
    return at == map.end() ? nullptr : &at->second;
}

/// The first column in which two texts differ; empty: in none.
std::string_view difference(const ProductText& left, const ProductText& right) {
    if (left.name != right.name) return "name";
    if (left.aliases != right.aliases) return "alias";
    if (left.category != right.category) return "category";
    if (left.summary != right.summary) return "summary";
    if (left.description != right.description) return "description";
    if (left.storage != right.storage) return "storage";
    if (left.shelf_life_days != right.shelf_life_days) return "shelf_life_days";
    if (left.origin_statement != right.origin_statement) return "origin_statement";
    if (left.return_policy != right.return_policy) return "return_policy";
    if (left.purchase_mode != right.purchase_mode) return "purchase_mode";
    if (left.tags != right.tags) return "tags";
    return left.images == right.images ? "" : "image";
}

std::string_view difference(const Sku& left, const Sku& right) {
    if (left.name != right.name) return "sku_name";
    if (left.net_content != right.net_content) return "net_content_g";
    if (left.price != right.price) return "price_yuan";
    if (left.quantity_max != right.quantity_max) return "quantity_max";
    return left.min_remaining_days == right.min_remaining_days ? "" : "min_remaining_days";
}

/// Of a new product or of one that is there, apart from its SKUs.
template <class Other>
std::string_view difference(const NewProduct& left, const Other& right) {
    if (left.county != right.county) return "county_code";
    if (left.listed != right.listed) return "listed";
    return difference(left.text, right.text);
}

LineFault differs(std::size_t line, std::string_view column, std::string detail) {
    return {line, std::string{column}, "differs", std::move(detail)};
}

/// Lines of one product.
class Group {
public:
    explicit Group(ProductLine first) : product_{std::move(first.product)}, lines_{first.line} {}

    void add(ProductLine line, ImportReport& report) {
        const auto column = difference(line.product, product_);
        if (!column.empty()) {
            const auto detail =
                "line " + std::to_string(lines_.front()) + " says something else of this product";
            report.faults.add(differs(line.line, column, detail));
        }
        product_.skus.push_back(std::move(line.product.skus.front()));
        lines_.push_back(line.line);
    }

    std::optional<ProductAddition> decide(const ProductFacts& facts, const Author& author,
                                          ImportReport& report) && {
        const auto* const known =
            found(facts.products, ProductFacts::Key{product_.merchant, product_.text.name});
        return known == nullptr ? as_new(facts, author, report) : as_known(*known, facts, author, report);
    }

private:
    std::optional<ProductAddition> as_new(const ProductFacts& facts, const Author& author,
                                          ImportReport& report) {
        if (const auto fault = fault_of_new(product_, found(facts.merchants, product_.merchant),
                                            found(facts.counties, product_.county), author)) {
            report.faults.add(lines_.front(), *fault, product_column);
        }
        if (product_.skus.size() > NewProduct::skus_max) {
            report.faults.add(
                {lines_[NewProduct::skus_max], "gtin", "too-many-skus", "a product has 20 SKUs at most"});
        }
        for (std::size_t i = 0; i < lines_.size(); ++i) refuse_taken(i, std::nullopt, facts, report);
        report.made += lines_.size();
        return ProductAddition{std::nullopt, std::move(product_), std::move(lines_)};
    }

    std::optional<ProductAddition> as_known(const Product& known, const ProductFacts& facts,
                                            const Author& author, ImportReport& report) {
        const auto* const merchant = found(facts.merchants, product_.merchant);
        if (const auto fault = merchant->fault_of_writing(author)) {
            for (const auto line : lines_) report.faults.add(line, *fault, product_column);
            return std::nullopt;
        }
        if (const auto column = difference(product_, known); !column.empty()) {
            report.faults.add(
                differs(lines_.front(), column, "the product is there and says something else"));
        }
        ProductAddition addition{known.id, product_, {}};
        addition.product.skus.clear();
        auto grown = known;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const auto& sku = product_.skus[i];
            if (const auto* there = same_gtin(known, sku)) {
                const auto column = difference(sku, *there);
                ++report.repeated;
                if (column.empty()) continue;
                report.faults.add(differs(lines_[i], column, "the SKU is there and says something else"));
                continue;
            }
            const auto adds = adds_to(grown, sku);
            if (!adds) report.faults.add(lines_[i], adds.error(), product_column);
            refuse_taken(i, known.id, facts, report);
            grown.skus.push_back(sku);
            addition.product.skus.push_back(sku);
            addition.lines.push_back(lines_[i]);
            ++report.made;
        }
        if (addition.lines.empty()) return std::nullopt;
        return addition;
    }

    static const Sku* same_gtin(const Product& known, const Sku& sku) {
        const auto there = std::ranges::find(known.skus, sku.gtin, &Sku::gtin);
        return there == known.skus.end() ? nullptr : &*there;
    }

    void refuse_taken(std::size_t i, std::optional<ProductId> own, const ProductFacts& facts,
                      ImportReport& report) const {
        const auto* const carrier = found(facts.gtins, product_.skus[i].gtin);
        if (carrier != nullptr && *carrier != own) {
            report.faults.add(lines_[i], gtin_taken("/skus/0/gtin"), product_column);
        }
    }

    NewProduct product_;
    std::vector<std::size_t> lines_;
};

}  // namespace

std::string product_column(std::string_view pointer) {
    const bool of_sku = pointer.starts_with("/skus/");
    if (of_sku) pointer.remove_prefix(std::min(pointer.find('/', 6), pointer.size()));
    if (pointer.starts_with('/')) pointer.remove_prefix(1);
    const auto name = pointer.substr(0, pointer.find('/'));
    if (name == "price_fen") return "price_yuan";
    if (of_sku && name == "name") return "sku_name";
    if (name == "images") return "image";
    return std::string{name == "skus" ? "gtin" : name};
}

std::optional<Error> fault_of_new(const NewProduct& product, const Merchant* merchant, const County* county,
                                  const Author& author) {
    if (merchant == nullptr) return invalid_field("/merchant_id", "there is no such merchant");
    if (auto fault = merchant->fault_of_writing(author)) return fault;
    if (auto fault = merchant->fault_of_offering(product.county)) return fault;
    if (county == nullptr) return invalid_field("/county_code", "no county of that code is registered");
    return product.text.fault_of_origin(*county);
}

Error gtin_taken(std::string pointer) {
    std::vector<FieldError> fields;
    fields.push_back({std::move(pointer), "another SKU has this GTIN"});
    return Error{Failure::conflict, "gtin-taken", "another SKU has this GTIN", std::move(fields)};
}

Result<bool> adds_to(const Product& product, const Sku& sku) {
    if (auto fault = sku.fault("", product.text.shelf_life_days)) return *fault;
    for (const auto& known : product.skus) {
        if (known.gtin != sku.gtin) continue;
        if (known.same_size_as(sku)) return false;
        return gtin_taken("/gtin");
    }
    if (product.skus.size() >= NewProduct::skus_max) {
        return Error{Failure::conflict, "too-many-skus", "a product has 20 SKUs at most"};
    }
    return true;
}

std::vector<ProductAddition> decide_products(std::vector<ProductLine> lines, const ProductFacts& facts,
                                             const Author& author, ImportReport& report) {
    std::vector<Group> groups;
    std::map<ProductFacts::Key, std::size_t> places;
    std::map<Gtin, std::size_t> seen;
    for (auto& line : lines) {
        const auto [earlier, first] = seen.emplace(line.product.skus.front().gtin, line.line);
        if (!first) {
            report.faults.add({line.line, "gtin", "line-repeated",
                               "line " + std::to_string(earlier->second) + " has this GTIN already"});
            continue;
        }
        const auto [place, new_one] =
            places.emplace(ProductFacts::Key{line.product.merchant, line.product.text.name}, groups.size());
        if (new_one) {
            groups.emplace_back(std::move(line));
        } else {
            groups[place->second].add(std::move(line), report);
        }
    }
    std::vector<ProductAddition> additions;
    for (auto& group : groups) {
        if (auto addition = std::move(group).decide(facts, author, report))
            additions.push_back(std::move(*addition));
    }
    return additions;
}

}  // namespace shanhai::catalog
