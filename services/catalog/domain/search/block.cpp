#include "catalog/domain/search/block.hpp"

#include "catalog/domain/search/names.hpp"
#include "catalog/domain/search/spelling.hpp"
#include "vocabulary/folding.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <set>

namespace shanhai::catalog::search {
namespace {

std::u16string folded_all(const std::vector<std::string>& texts) {
    std::u16string all;
    for (const auto& one : texts) {
        auto text = folded(one);
        if (text.empty()) continue;
        if (!all.empty()) all += u' ';
        all += text;
    }
    return all;
}

/// Behind the summary what the sizes are called, each name once.
std::u16string folded_summary(const Product& product) {
    auto text = folded(product.text.summary);
    std::set<std::u16string> names;
    for (const auto& sku : product.skus) {
        auto name = folded(sku.name);
        if (name.empty() || !names.insert(name).second) continue;
        if (!text.empty()) text += u' ';
        text += name;
    }
    return text;
}

std::uint64_t number_of(const Gtin& gtin) {
    std::uint64_t value = 0;
    std::from_chars(gtin.text().data(), gtin.text().data() + gtin.text().size(), value);
    return value;
}

/// Aliases and tags are spelled each by itself.
void add_spellings_apart(std::u16string_view words, Slot slot, std::vector<Postings::Pair>& spellings) {
    for (std::size_t begin = 0; begin < words.size();) {
        const auto end = std::min(words.find(u' ', begin), words.size());
        add_spellings(words.substr(begin, end - begin), slot, spellings);
        begin = end + 1;
    }
}

bool is_letter(char16_t unit) { return unit >= u'a' && unit <= u'z'; }

std::string with_small_letters(std::string_view text) {
    std::string small{text};
    for (auto& byte : small) {
        if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
    }
    return small;
}

/// Not the text's own find: it stops at every first byte, and nearly all characters share theirs.
bool has(std::string_view text, std::string_view words) {
    return ::memmem(text.data(), text.size(), words.data(), words.size()) != nullptr;
}

/// Whether the words that a text is folded into stand in it, but for the case of ASCII.
bool folds_into_itself(std::string_view text, std::u16string_view words) {
    const auto small = with_small_letters(text);
    const auto all = unfolded(words);
    std::size_t read = 0;
    for (std::size_t begin = 0; begin < all.size();) {
        const auto end = std::min(all.find(' ', begin), all.size());
        const auto word = std::string_view{all}.substr(begin, end - begin);
        const auto at = small.find(word, read);
        if (at == std::string::npos) return false;
        read = at + word.size();
        begin = end + 1;
    }
    return true;
}

}  // namespace

struct Block::Added {
    std::vector<Postings::Pair> names;
    std::vector<Postings::Pair> aliases;
    std::vector<Postings::Pair> texts;
    std::vector<Postings::Pair> spellings;
};

std::shared_ptr<const Block> Block::followed_by(const Block* before, std::uint64_t block_number,
                                                Changes::const_iterator first, Changes::const_iterator last) {
    static const Block nothing;
    if (before == nullptr) before = &nothing;
    Slots changed;
    for (auto one = first; one != last; ++one) changed.set(static_cast<Slot>(shanhai::number(one->first)));
    auto next = std::make_shared<Block>();
    next->number_ = block_number;
    next->keep(*before, changed);
    Added added;
    for (auto one = first; one != last; ++one) {
        if (one->second) next->add(static_cast<Slot>(shanhai::number(one->first)), one->second, added);
    }
    if (!next->used_.any()) return nullptr;
    next->order_prices();
    next->forget_what_nobody_mentions(*before, changed);
    next->name_grams_ = before->name_grams_.followed_by(changed, std::move(added.names));
    next->alias_grams_ = before->alias_grams_.followed_by(changed, std::move(added.aliases));
    next->text_grams_ = before->text_grams_.followed_by(changed, std::move(added.texts));
    next->spellings_ = before->spellings_.followed_by(changed, std::move(added.spellings));
    next->texts_.shrink_to_fit();
    next->terms_.shrink_to_fit();
    next->numbers_.shrink_to_fit();
    next->formers_.shrink_to_fit();
    return next;
}

void Block::keep(const Block& before, const Slots& gone) {
    entries_.resize(Slots::count);
    products_.resize(Slots::count);
    mentions_ = before.mentions_;
    mentions_gone_ = before.mentions_gone_;
    folded_apart_ = before.folded_apart_.without(gone);
    texts_.reserve(before.texts_.size());
    used_ = before.used_.without(gone);
    used_.for_each([&](Slot slot) {
        auto entry = before.entries_[slot];
        const std::size_t size = std::size_t{entry.name} + entry.aliases + entry.tags + entry.summary;
        const auto all = before.text(entry.text_begin, size);
        entry.text_begin = static_cast<std::uint32_t>(texts_.size());
        texts_ += all;
        entries_[slot] = entry;
        products_[slot] = before.products_[slot];
    });
    for (const auto& term : before.terms_) {
        if (gone.has(term.slot)) continue;
        auto kept = term;
        kept.scheme = place_of(before.schemes_[term.scheme]);
        terms_.push_back(kept);
    }
    std::ranges::copy_if(before.numbers_, std::back_inserter(numbers_),
                         [&gone](const Number& one) { return !gone.has(one.slot); });
    std::ranges::copy_if(before.formers_, std::back_inserter(formers_),
                         [&gone](const Former& one) { return !gone.has(one.slot); });
}

void Block::add(Slot slot, const std::shared_ptr<const Product>& shared, Added& added) {
    const auto& product = *shared;
    products_[slot] = shared;
    const auto description = folded(product.text.description);
    mentions_.add(description);
    if (!folds_into_itself(product.text.description, description)) folded_apart_.set(slot);
    const auto name = folded(product.text.name);
    const auto aliases = folded_all(product.text.aliases);
    const auto tags = folded_all(product.text.tags);
    const auto summary = folded_summary(product);
    auto& entry = entries_[slot];
    entry.merchant = product.merchant;
    entry.county = search::number_of(product.county);
    entry.category = static_cast<std::uint8_t>(place_of_category(product.text.category).value_or(0xFF));
    entry.listed = product.listed;
    entry.ever_listed = product.ever_listed || product.listed;
    entry.season = std::ranges::find(product.text.tags, season_tag) != product.text.tags.end();
    entry.text_begin = static_cast<std::uint32_t>(texts_.size());
    // What is longer than any field of a product may be is not searched to its end.
    const auto take = [this](std::u16string_view text) {
        const auto size = std::min<std::size_t>(text.size(), std::numeric_limits<std::uint16_t>::max());
        texts_ += text.substr(0, size);
        return static_cast<std::uint16_t>(size);
    };
    entry.name = take(name);
    entry.aliases = take(aliases);
    entry.tags = take(tags);
    entry.summary = take(summary);
    add_grams(name, slot, added.names);
    add_grams(aliases, slot, added.aliases);
    add_grams(tags, slot, added.texts);
    add_grams(summary, slot, added.texts);
    add_spellings(name, slot, added.spellings);
    add_spellings_apart(aliases, slot, added.spellings);
    add_spellings_apart(tags, slot, added.spellings);
    for (const auto& sku : product.skus) numbers_.push_back({slot, number_of(sku.gtin)});
    add_terms(slot, product);
    add_prices(slot, product);
    used_.set(slot);
}

void Block::add_terms(Slot slot, const Product& product) {
    for (const auto& one : product.certifications) {
        const auto [from, until] = one.held();
        if (from < until) terms_.push_back({slot, place_of(one.scheme), from, until});
    }
}

void Block::add_prices(Slot slot, const Product& product) {
    const auto least_at = [&product](Instant at) {
        return static_cast<std::uint32_t>(product.least_price_at(at).count());
    };
    entries_[slot].price_fen = least_at(Instant::max());
    std::set<Instant> changes;
    for (const auto& sku : product.skus) changes.insert({sku.offered_since, sku.price_since});
    for (const auto& one : product.former_prices) changes.insert(one.until);
    for (const auto change : changes) {
        const auto before = least_at(change - Instant::duration{1});
        if (before != least_at(change)) formers_.push_back({slot, before, change});
    }
}

void Block::order_prices() {
    // The latest change is not later than now, and no list that is leafed through began earlier than so long
    // before.
    Instant latest = Instant::min() + FormerPrice::kept;
    for (const auto& one : formers_) latest = std::max(latest, one.until);
    std::erase_if(formers_, [latest](const Former& one) { return one.until <= latest - FormerPrice::kept; });
    std::ranges::stable_sort(formers_, {}, &Former::slot);
}

std::uint32_t Block::price_fen(Slot slot, Instant at) const {
    for (const auto& one : std::ranges::equal_range(formers_, slot, {}, &Former::slot)) {
        if (one.until > at) return one.price_fen;
    }
    return entries_[slot].price_fen;
}

std::uint16_t Block::place_of(const SchemeCode& scheme) {
    const auto found = std::ranges::find(schemes_, scheme);
    const auto place = static_cast<std::uint16_t>(found - schemes_.begin());
    if (found == schemes_.end()) schemes_.push_back(scheme);
    return place;
}

void Block::forget_what_nobody_mentions(const Block& before, const Slots& gone) {
    (before.used_ & gone).for_each([&](Slot slot) {
        const auto& now = products_[slot];
        const bool same = now && now->text.description == before.products_[slot]->text.description;
        if (!same) ++mentions_gone_;
    });
    if (mentions_gone_ < Slots::count) return;
    mentions_ = {};
    mentions_gone_ = 0;
    used_.for_each([&](Slot slot) { mentions_.add(folded(products_[slot]->text.description)); });
}

Slots Block::described_by(std::u16string_view word, const Slots& among) const {
    Slots found;
    if (!mentions_.may_have(word)) return found;
    const auto written = unfolded(word);
    (among & used_).for_each([&](Slot slot) {
        if (describes(slot, word, written)) found.set(slot);
    });
    return found;
}

bool Block::describes(Slot slot, std::u16string_view word, std::string_view written) const {
    const auto& text = products_[slot]->text.description;
    if (folded_apart_.has(slot)) return folded(text).find(word) != std::u16string::npos;
    if (has(text, written)) return true;
    return std::ranges::any_of(word, is_letter) && has(with_small_letters(text), written);
}

Slots Block::certified(const SchemeCode* scheme, Instant at) const {
    Slots found;
    auto wanted = schemes_.size();
    if (scheme != nullptr) {
        wanted = static_cast<std::size_t>(std::ranges::find(schemes_, *scheme) - schemes_.begin());
        if (wanted == schemes_.size()) return found;
    }
    for (const auto& term : terms_) {
        if (scheme != nullptr && term.scheme != wanted) continue;
        if (term.from <= at && at < term.until) found.set(term.slot);
    }
    return found;
}

}  // namespace shanhai::catalog::search
