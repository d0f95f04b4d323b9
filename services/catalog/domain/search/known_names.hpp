#pragma once

#include "catalog/domain/catalogue.hpp"
#include "catalog/domain/search/names.hpp"
#include "catalog/domain/search/spelling.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace shanhai::catalog::search {

/// What a word says of goods beside their own texts: where they come from, who sells them, what kind they
/// are. Whatever fits one of these is meant.
struct Sense {
    std::vector<std::uint32_t> counties;  ///< Ascending.
    std::vector<MerchantId> merchants;    ///< Ascending.
    std::uint64_t categories = 0;         ///< A bit each, by its place among all.
    std::vector<SchemeCode> schemes;
    bool season = false;
    /// It is the whole name of a place, category, scheme or season: it narrows, and does not say which goods
    /// among those are meant first.
    bool named = false;
    bool scheme_alone =
        false;  ///< It is the name of a scheme: what only mentions it in its texts is not meant.

    bool empty() const {
        return counties.empty() && merchants.empty() && categories == 0 && schemes.empty() && !season;
    }
};

/// The names of what goods stand among, folded once for all searches. Never changes once made.
class KnownNames {
public:
    /// What `before` becomes by this registry; its places are read anew only where they may have changed.
    static KnownNames of(const Registry& facts, const KnownNames& before, bool places_changed);

    /// `spelled` may be null; with `partly` also for names of which it is but the beginning.
    Sense sense_of(std::u16string_view word, const SpelledWord* spelled, bool partly) const;
    /// Of a part of a word: what it is the whole name of, or a place in pinyin.
    Sense exactly(std::u16string_view part) const;

    /// The counties of an area that is called so in English ("daguan county"), ascending; null: of none.
    const std::vector<std::uint32_t>* in_english(std::u16string_view name) const;

    /// Every name, for who looks for one that is nearly a word.
    template <class Visit>
    void for_each_name(Visit visit) const {
        for (const auto& [form, counties] : places_->by_form) visit(form);
        for (const auto& one : categories()) visit(one.word);
        for (const auto& one : places_->schemes) visit(one.folded_name);
    }

    struct OfCounty {
        std::uint32_t county = 0;
        std::u16string form;  ///< Of itself; a province's names lead to all of its counties.
    };
    struct OfCategory {
        std::size_t place = 0;
        std::u16string word;
        bool own = false;  ///< Its name, not something else that people say.
    };
    /// What counties themselves are called.
    const std::vector<OfCounty>& counties() const { return places_->counties; }
    static const std::vector<OfCategory>& categories();

private:
    struct OfMerchant {
        std::string name;
        std::u16string folded_name;
    };

    struct OfScheme {
        SchemeCode code;
        std::u16string folded_name;
    };

    struct Places {
        std::unordered_map<std::u16string, std::vector<std::uint32_t>> by_form;      // What they are called.
        std::unordered_map<std::u16string, std::vector<std::uint32_t>> by_spelling;  // The same in pinyin.
        std::unordered_map<std::u16string, std::vector<std::uint32_t>> by_english;   // Wholly, never in part.
        std::vector<OfCounty> counties;
        std::vector<OfScheme> schemes;  // They are told as seldom.
    };

    static std::shared_ptr<const Places> read_places(const Registry& facts);
    void add_places(std::u16string_view word, const SpelledWord* spelled, bool partly, Sense& sense) const;
    static void add_categories(std::u16string_view word, const SpelledWord* spelled, bool partly,
                               Sense& sense);
    void add_merchants(std::u16string_view word, const SpelledWord* spelled, Sense& sense) const;

    std::shared_ptr<const Places> places_ = std::make_shared<const Places>();
    std::map<MerchantId, std::shared_ptr<const OfMerchant>> merchants_;
};

}  // namespace shanhai::catalog::search
