#include "catalog/domain/search/suggesting.hpp"

#include <algorithm>

namespace shanhai::catalog::search {
namespace {

constexpr std::size_t products_max = 4 * Suggestions::most;

bool begins(std::u16string_view name, const Word& word) {
    if (name.starts_with(word.text)) return true;
    return word.spelled && word.spelled->at(name, 0).how != Spelled::no;
}

template <class Kind>
void keep_the_fullest(std::vector<Kind>& all) {
    std::ranges::stable_sort(all, std::ranges::greater{}, &Kind::products);
    if (all.size() > Suggestions::most_a_kind) all.resize(Suggestions::most_a_kind);
}

void suggest_counties(const Word& word, const KnownNames& names, const Finding::Counts& counts,
                      Suggestions& made) {
    for (const auto& [county, form] : names.counties()) {
        const auto counted = counts.counties.find(county);
        if (counted == counts.counties.end() || !begins(form, word)) continue;
        const auto known = std::ranges::find(made.counties, county, &Suggestions::OfCounty::county);
        if (known == made.counties.end()) made.counties.push_back({county, counted->second});
    }
    keep_the_fullest(made.counties);
}

void suggest_categories(const Word& word, const Finding::Counts& counts, Suggestions& made) {
    for (const auto& [place, name, own] : KnownNames::categories()) {
        if (counts.categories[place] == 0 || !begins(name, word)) continue;
        const auto known = std::ranges::find(made.categories, place, &Suggestions::OfCategory::place);
        if (known == made.categories.end()) made.categories.push_back({place, counts.categories[place]});
    }
    keep_the_fullest(made.categories);
}

}  // namespace

Suggestions suggestions_for(std::string_view text, const Index& index, const KnownNames& names,
                            const Sight& sight, Instant at) {
    Suggestions made;
    const auto query = Query::of(text, names, true);
    if (query.words.empty()) return made;
    const Finding finding{index, sight, at};
    if (query.words.size() == 1) {
        const auto counts = finding.counts(Query{}, Narrowing{});
        suggest_counties(query.words.front(), names, counts, made);
        suggest_categories(query.words.front(), counts, made);
    }
    for (const auto& place :
         finding.places(query, Narrowing{}, Order{.first = {}, .began = at}, {}, products_max))
        made.products.push_back(place.product);
    return made;
}

}  // namespace shanhai::catalog::search
