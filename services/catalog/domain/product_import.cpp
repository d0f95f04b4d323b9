#include "catalog/domain/product_import.hpp"

#include <algorithm>

namespace shanhai::catalog {
namespace {

template <class Key, class Value>
const Value* found(const std::map<Key, Value>& map, const Key& key) {
    const auto at = map.find(key);
    return at == map.end() ? nullptr : &at->second;
}

/// The columns in which two of a kind differ, of those that a line fills or must.
class Differences {
public:
    explicit Differences(const std::set<std::string>* given = nullptr) : given_{given} {}

    template <class Value, class Other>
    void needed(std::string_view column, const Value& left, const Other& right) {
        if (left != right) columns_.emplace_back(column);
    }
    template <class Value>
    void optional(std::string_view column, const Value& left, const Value& right) {
        if (given_ == nullptr || given_->contains(std::string{column})) needed(column, left, right);
    }
    const std::vector<std::string>& columns() const { return columns_; }

private:
    const std::set<std::string>* given_;  // Null: whatever it leaves out counts as well.
    std::vector<std::string> columns_;
};

void compare(Differences& found, const ProductText& left, const ProductText& right) {
    found.needed("name", left.name, right.name);
    found.optional("alias", left.aliases, right.aliases);
    found.needed("category", left.category, right.category);
    found.needed("summary", left.summary, right.summary);
    found.needed("description", left.description, right.description);
    found.optional("storage", left.storage, right.storage);
    found.optional("shelf_life_days", left.shelf_life_days, right.shelf_life_days);
    found.needed("origin_statement", left.origin_statement, right.origin_statement);
    found.needed("return_policy", left.return_policy, right.return_policy);
    found.needed("purchase_mode", left.purchase_mode, right.purchase_mode);
    found.optional("tags", left.tags, right.tags);
    found.optional("image", left.images, right.images);
}

/// Of a new product or of one that is there, apart from its SKUs.
template <class Other>
void compare(Differences& found, const NewProduct& left, const Other& right) {
    found.needed("county_code", left.county, right.county);
    found.optional("listed", left.listed, right.listed);
    compare(found, left.text, right.text);
}

void compare(Differences& found, const Sku& left, const Sku& right) {
    found.needed("sku_name", left.name, right.name);
    found.needed("net_content_g", left.net_content, right.net_content);
    found.needed("price_yuan", left.price, right.price);
    found.optional("quantity_max", left.quantity_max, right.quantity_max);
    found.optional("min_remaining_days", left.min_remaining_days, right.min_remaining_days);
}

/// All of them, so that nobody mends one column and hands the table in again for the next.
void tell(const Differences& found, std::size_t line, const std::string& detail, ImportReport& report) {
    for (const auto& column : found.columns()) report.faults.add({line, column, "differs", detail});
}

/// Lines of one product.
class Group {
public:
    explicit Group(ProductLine first) { add(std::move(first)); }

    void add(ProductLine line) { lines_.push_back(std::move(line)); }

    std::optional<ProductAddition> decide(const ProductFacts& facts, const Author& author,
                                          ImportReport& report) const {
        const auto& product = lines_.front().product;
        const auto* const known =
            found(facts.products, ProductFacts::Key{product.merchant, product.text.name});
        return known == nullptr ? as_new(facts, author, report) : as_known(*known, facts, author, report);
    }

private:
    std::optional<ProductAddition> as_new(const ProductFacts& facts, const Author& author,
                                          ImportReport& report) const {
        ProductAddition addition{std::nullopt, lines_.front().product, {}};
        const auto& product = addition.product;
        const auto first = lines_.front().line;
        if (const auto fault = fault_of_new(product, found(facts.merchants, product.merchant),
                                            found(facts.counties, product.county), author)) {
            report.faults.add(first, *fault, product_column);
        }
        addition.product.skus.clear();
        for (const auto& line : lines_) {
            Differences others;
            compare(others, line.product, product);
            tell(others, line.line, "line " + std::to_string(first) + " says something else of this product",
                 report);
            refuse_taken(line, std::nullopt, facts, report);
            addition.product.skus.push_back(line.product.skus.front());
            addition.lines.push_back(line.line);
        }
        if (lines_.size() > NewProduct::skus_max) {
            report.faults.add({lines_[NewProduct::skus_max].line, "gtin", "too-many-skus",
                               "a product has 20 SKUs at most"});
        }
        report.made += lines_.size();
        return addition;
    }

    std::optional<ProductAddition> as_known(const Product& known, const ProductFacts& facts,
                                            const Author& author, ImportReport& report) const {
        const auto* const merchant = found(facts.merchants, known.merchant);
        if (const auto fault = merchant->fault_of_writing(author)) {
            for (const auto& line : lines_) report.faults.add(line.line, *fault, product_column);
            return std::nullopt;
        }
        ProductAddition addition{known.id, lines_.front().product, {}};
        addition.product.skus.clear();
        auto grown = known;
        for (const auto& line : lines_) {
            Differences others{&line.given};
            compare(others, line.product, known);
            tell(others, line.line, "the product is there and says something else", report);
            const auto& sku = line.product.skus.front();
            if (const auto* there = same_gtin(known, sku)) {
                Differences of_sku{&line.given};
                compare(of_sku, sku, *there);
                tell(of_sku, line.line, "the SKU is there and says something else", report);
                ++report.repeated;
                continue;
            }
            const auto adds = adds_to(grown, sku);
            if (!adds) report.faults.add(line.line, adds.error(), product_column);
            refuse_taken(line, known.id, facts, report);
            grown.skus.push_back(sku);
            addition.product.skus.push_back(sku);
            addition.lines.push_back(line.line);
            ++report.made;
        }
        if (addition.lines.empty()) return std::nullopt;
        return addition;
    }

    static const Sku* same_gtin(const Product& known, const Sku& sku) {
        const auto there = std::ranges::find(known.skus, sku.gtin, &Sku::gtin);
        return there == known.skus.end() ? nullptr : &*there;
    }

    static void refuse_taken(const ProductLine& line, std::optional<ProductId> own, const ProductFacts& facts,
                             ImportReport& report) {
        const auto* const carrier = found(facts.gtins, line.product.skus.front().gtin);
        if (carrier != nullptr && *carrier != own) {
            report.faults.add(line.line, gtin_taken("/skus/0/gtin"), product_column);
        }
    }

    std::vector<ProductLine> lines_;  // One at least.
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
            groups[place->second].add(std::move(line));
        }
    }
    std::vector<ProductAddition> additions;
    for (const auto& group : groups) {
        if (auto addition = group.decide(facts, author, report)) additions.push_back(std::move(*addition));
    }
    return additions;
}

}  // namespace shanhai::catalog
