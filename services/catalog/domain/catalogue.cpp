#include "catalog/domain/catalogue.hpp"

#include "catalog/domain/category.hpp"

#include <algorithm>

namespace shanhai::catalog {
namespace {

/// The wide blank that Chinese keyboards type, U+3000 in UTF-8.
constexpr std::string_view ideographic_space = "\xe3\x80\x80";

std::string folded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with(ideographic_space)) {
            out += ' ';
            i += ideographic_space.size() - 1;
            continue;
        }
        const char c = text[i];
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

template <class Map, class Key>
auto* found(const Map& map, const Key& key) {
    const auto at = map.find(key);
    return at == map.end() ? nullptr : &at->second;
}

}  // namespace

const County* Registry::county(const CountyCode& code) const {
    if (const auto* present = found(counties, code)) return present;
    const auto* replaced = found(present_codes, code);
    return replaced == nullptr ? nullptr : found(counties, *replaced);
}

const Merchant* Registry::merchant(MerchantId id) const { return found(merchants, id); }

bool Registry::saleable(const Product& product, Instant at) const {
    const auto* const seller = merchant(product.merchant);
    return product.listed && seller != nullptr && seller->may_sell() && product.certified_at(at);
}

bool Registry::shown_to(const Reader& reader, MerchantId id, bool ever_listed) const {
    if (ever_listed) return true;
    const auto* const seller = merchant(id);
    return reader.knows_never_listed_of(seller == nullptr ? OrganisationId{} : seller->organisation);
}

std::string Registry::search_text(const Product& product) const {
    std::string text = product.text.name;
    const auto add = [&text](std::string_view more) { text.append("\n").append(more); };
    for (const auto& alias : product.text.aliases) add(alias);
    for (const auto& tag : product.text.tags) add(tag);
    for (const auto& sku : product.skus) add(sku.gtin.text());
    add(product.text.summary);
    if (const auto* category = find_category(product.text.category)) add(category->name);
    if (const auto* origin = county(product.county)) {
        for (const auto* name : {&origin->name, &origin->short_name, &origin->prefecture}) add(*name);
    }
    if (const auto* seller = merchant(product.merchant)) add(seller->name);
    return folded(text);
}

SearchTerms::SearchTerms(std::string_view query) {
    const auto text = folded(query);
    std::size_t begin = 0;
    while (begin < text.size()) {
        const auto end = std::min(text.find(' ', begin), text.size());
        if (end > begin) terms_.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

bool SearchTerms::found_in(std::string_view search_text) const {
    return std::ranges::all_of(terms_, [search_text](const std::string& term) {
        return search_text.find(term) != std::string_view::npos;
    });
}

}  // namespace shanhai::catalog
