#include "catalog/domain/search/known_names.hpp"

#include "vocabulary/folding.hpp"
#include "vocabulary/gazetteer.hpp"

#include <algorithm>
#include <utility>

namespace shanhai::catalog::search {
namespace {

constexpr std::size_t telling = 2;  // Characters: one of them stands in too many names.

/// How a word fits a name.
enum class Fit { no, part, whole };

Fit fit_of(std::u16string_view name, const SpelledWord& spelled, bool partly) {
    const auto match = spelled.at(name, 0);
    if (match.to_the_end && match.how >= Spelled::initials) return Fit::whole;
    return partly && match.how != Spelled::no ? Fit::part : Fit::no;
}

Fit fit_of(std::u16string_view name, std::u16string_view word, const SpelledWord* spelled, bool partly) {
    if (name == word) return Fit::whole;
    if (word.size() >= telling && name.find(word) != std::u16string_view::npos) return Fit::part;
    return spelled == nullptr || word.size() < telling ? Fit::no : fit_of(name, *spelled, partly);
}

/// 茶 and cha of 茶叶.
bool begins_so(std::u16string_view name, std::u16string_view word, const SpelledWord* spelled) {
    return name.starts_with(word) || (spelled != nullptr && spelled->at(name, 0).how == Spelled::wholly);
}

void tidy(std::vector<std::uint32_t>& numbers) {
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

}  // namespace

KnownNames KnownNames::of(const Registry& facts, const KnownNames& before, bool places_changed) {
    KnownNames next;
    next.places_ = places_changed ? read_places(facts) : before.places_;
    for (const auto& [id, merchant] : facts.merchants) {
        const auto known = before.merchants_.find(id);
        const bool same = known != before.merchants_.end() && known->second->name == merchant.name;
        next.merchants_.emplace_hint(
            next.merchants_.end(), id,
            same ? known->second
                 : std::make_shared<const OfMerchant>(OfMerchant{merchant.name, folded(merchant.name)}));
    }
    return next;
}

std::shared_ptr<const KnownNames::Places> KnownNames::read_places(const Registry& facts) {
    auto places = std::make_shared<Places>();
    const auto read = [&places](const CountyCode& code, const County& county) {
        const auto number = number_of(code);
        const auto add = [&](std::string_view name, bool own) {
            for (auto& form : forms_of_area(name)) {
                if (own) places->counties.push_back({number, form});
                for (auto& letters : spellings_of(form))
                    places->by_spelling[std::move(letters)].push_back(number);
                places->by_form[std::move(form)].push_back(number);
            }
        };
        add(county.name, true);
        add(county.short_name, true);
        add(county.prefecture, false);
        add(county.province, false);
        const auto province = std::string{county.code.province()} + "0000";
        for (const auto& area : {std::string{county.code.text()}, county.prefecture_code(), province}) {
            const auto* const found = find_area(area);
            if (found == nullptr) continue;
            for (auto& form : forms_in_english(found->english))
                places->by_english[std::move(form)].push_back(number);
        }
    };
    for (const auto& [code, name] : facts.schemes) places->schemes.push_back({code, folded(name)});
    for (const auto& [code, county] : facts.counties) read(code, county);
    for (const auto& [former, code] : facts.present_codes) {
        if (const auto* const county = facts.county(code)) read(former, *county);
    }
    for (auto& [form, numbers] : places->by_form) tidy(numbers);
    for (auto& [letters, numbers] : places->by_spelling) tidy(numbers);
    for (auto& [name, numbers] : places->by_english) tidy(numbers);
    return places;
}

const std::vector<std::uint32_t>* KnownNames::in_english(std::u16string_view name) const {
    const auto found = places_->by_english.find(std::u16string{name});
    return found == places_->by_english.end() ? nullptr : &found->second;
}

const std::vector<KnownNames::OfCategory>& KnownNames::categories() {
    static const auto words = [] {
        std::vector<OfCategory> found;
        const auto all = catalog::categories();
        for (std::size_t place = 0; place < all.size(); ++place) {
            bool own = true;
            for (auto& word : words_for(all[place]))
                found.push_back({place, std::move(word), std::exchange(own, false)});
        }
        return found;
    }();
    return words;
}

Sense KnownNames::sense_of(std::u16string_view word, const SpelledWord* spelled, bool partly) const {
    Sense sense;
    for (const auto& scheme : places_->schemes) {
        const auto fit = fit_of(scheme.folded_name, word, spelled, partly);
        if (fit == Fit::no) continue;
        sense.schemes.push_back(scheme.code);
        if (fit == Fit::whole) sense.named = sense.scheme_alone = true;
    }
    sense.season = asks_for_season(word);
    sense.named = sense.named || sense.season;
    if (sense.scheme_alone) return sense;
    add_places(word, spelled, partly, sense);
    add_categories(word, spelled, partly, sense);
    add_merchants(word, spelled, sense);
    return sense;
}

void KnownNames::add_places(std::u16string_view word, const SpelledWord* spelled, bool partly,
                            Sense& sense) const {
    for (const auto& [form, counties] : places_->by_form) {
        const auto fit = fit_of(form, word, spelled, partly);
        if (fit == Fit::no) continue;
        sense.counties.insert(sense.counties.end(), counties.begin(), counties.end());
        sense.named = sense.named || fit == Fit::whole;
    }
    if (const auto* const counties = in_english(word)) {
        sense.counties.insert(sense.counties.end(), counties->begin(), counties->end());
        sense.named = true;
    }
    tidy(sense.counties);
}

void KnownNames::add_categories(std::u16string_view word, const SpelledWord* spelled, bool partly,
                                Sense& sense) {
    for (const auto& [place, name, own] : categories()) {
        const auto fit = fit_of(name, word, spelled, partly);
        if (fit == Fit::no && !(own && begins_so(name, word, spelled))) continue;
        sense.categories |= std::uint64_t{1} << place;
        sense.named = sense.named || (fit == Fit::whole && name.size() >= telling);
    }
}

void KnownNames::add_merchants(std::u16string_view word, const SpelledWord* spelled, Sense& sense) const {
    for (const auto& [id, merchant] : merchants_) {
        const auto& name = merchant->folded_name;
        const bool fits = (word.size() >= telling && name.find(word) != std::u16string::npos) ||
                          (spelled != nullptr && spelled->within(name) == Spelled::wholly);
        if (fits) sense.merchants.push_back(id);
    }
}

Sense KnownNames::exactly(std::u16string_view part) const {
    Sense sense;
    for (const auto& scheme : places_->schemes) {
        if (scheme.folded_name == part) {
            sense.schemes.push_back(scheme.code);
            sense.scheme_alone = true;
        }
    }
    sense.season = asks_for_season(part);
    const std::u16string whole{part};
    for (const auto* places : {&places_->by_form, &places_->by_spelling}) {
        if (const auto found = places->find(whole); found != places->end()) sense.counties = found->second;
    }
    for (const auto& [place, name, own] : categories()) {
        if (part.size() >= telling && name == part) sense.categories |= std::uint64_t{1} << place;
    }
    sense.named = !sense.empty();
    return sense;
}

}  // namespace shanhai::catalog::search
