#pragma once

#include "catalog/domain/product.hpp"
#include "catalog/domain/search/mentions.hpp"
#include "catalog/domain/search/postings.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::catalog::search {

/// Products by id that are not as they were; null for one that is there no more.
using Changes = std::map<ProductId, std::shared_ptr<const Product>>;

/// Up to 256 products with neighbouring ids, as a search sees them. Never changes once made, so that searches
/// read it while the next one is made; a product that changes costs its block, not the index.
class Block {
public:
    static std::uint64_t number_of_block(ProductId id) { return shanhai::number(id) / Slots::count; }
    std::uint64_t number() const { return number_; }

    /// What a block becomes by the changes from first to last, all of its products; null when it is empty
    /// then.
    static std::shared_ptr<const Block> followed_by(const Block* before, std::uint64_t block_number,
                                                    Changes::const_iterator first,
                                                    Changes::const_iterator last);

    struct Entry {
        MerchantId merchant{};
        std::uint32_t county = 0;
        std::uint32_t text_begin = 0;  // Of the four texts, one behind the other.
        std::uint16_t name = 0;        // Their lengths.
        std::uint16_t aliases = 0;
        std::uint16_t tags = 0;
        std::uint16_t summary = 0;    // With what the sizes are called.
        std::uint32_t price_fen = 0;  // Of the cheapest size now.
        std::uint8_t category = 0;
        bool listed = false;
        bool ever_listed = false;
        bool season = false;
    };
    /// While what a scheme says of a product holds: [from, until).
    struct Term {
        Slot slot = 0;
        std::uint16_t scheme = 0;  // In schemes().
        Instant from;
        Instant until;
    };
    struct Number {
        Slot slot = 0;
        std::uint64_t gtin = 0;
    };

    /// What a product cost before.
    struct Former {
        Slot slot = 0;
        std::uint32_t price_fen = 0;
        Instant until;
    };

    const Slots& used() const { return used_; }
    ProductId id(Slot slot) const { return ProductId{number_ * Slots::count + slot}; }
    const Entry& entry(Slot slot) const { return entries_[slot]; }

    std::u16string_view name(const Entry& entry) const { return text(entry.text_begin, entry.name); }
    std::u16string_view aliases(const Entry& entry) const {
        return text(entry.text_begin + entry.name, entry.aliases);
    }
    std::u16string_view tags(const Entry& entry) const {
        return text(entry.text_begin + entry.name + entry.aliases, entry.tags);
    }
    std::u16string_view summary(const Entry& entry) const {
        return text(entry.text_begin + entry.name + entry.aliases + entry.tags, entry.summary);
    }

    /// Those among them whose description, folded, has this word. There is no index of descriptions: they are
    /// read.
    Slots described_by(std::u16string_view word, const Slots& among) const;
    const Mentions& mentions() const { return mentions_; }

    const Postings& name_grams() const { return name_grams_; }
    const Postings& alias_grams() const { return alias_grams_; }
    /// Of tags, summaries and names of sizes.
    const Postings& text_grams() const { return text_grams_; }
    /// Of names, aliases and tags.
    const Postings& spellings() const { return spellings_; }

    const std::vector<SchemeCode>& schemes() const { return schemes_; }
    const std::vector<Term>& terms() const { return terms_; }
    const std::vector<Number>& numbers() const { return numbers_; }
    /// By slot, those of each in the order of time; none that ended `FormerPrice::kept` before the last.
    const std::vector<Former>& formers() const { return formers_; }
    /// What the cheapest size of a product cost at that moment.
    std::uint32_t price_fen(Slot slot, Instant at) const;
    /// Certified at that moment under that scheme, or, without one, under any.
    Slots certified(const SchemeCode* scheme, Instant at) const;

private:
    struct Added;

    std::u16string_view text(std::size_t begin, std::size_t size) const {
        return std::u16string_view{texts_}.substr(begin, size);
    }
    void keep(const Block& before, const Slots& gone);
    void forget_what_nobody_mentions(const Block& before, const Slots& gone);
    bool describes(Slot slot, std::u16string_view word, std::string_view written) const;
    void add(Slot slot, const std::shared_ptr<const Product>& shared, Added& added);
    void add_terms(Slot slot, const Product& product);
    void add_prices(Slot slot, const Product& product);
    void order_prices();
    std::uint16_t place_of(const SchemeCode& scheme);

    std::uint64_t number_ = 0;
    Slots used_;
    std::vector<Entry> entries_;
    std::vector<std::shared_ptr<const Product>> products_;  // The catalogue's own.
    Mentions mentions_;                // In their descriptions, folded, and in a few of before.
    std::uint16_t mentions_gone_ = 0;  // How many those are.
    Slots folded_apart_;               // Whose descriptions fold into more than smaller letters.
    std::u16string texts_;
    Postings name_grams_;
    Postings alias_grams_;
    Postings text_grams_;
    Postings spellings_;
    std::vector<SchemeCode> schemes_;
    std::vector<Term> terms_;
    std::vector<Number> numbers_;
    std::vector<Former> formers_;
};

}  // namespace shanhai::catalog::search
