#include "trace/store/rows.hpp"

#include <algorithm>
#include <sstream>

namespace shanhai::trace {

std::string lines_of(const std::vector<std::string>& words) {
    std::string lines;
    for (const auto& word : words) lines += (lines.empty() ? "" : "\n") + word;
    return lines;
}

std::vector<std::string> words_of(const std::string& lines) {
    std::vector<std::string> words;
    std::istringstream stream{lines};
    for (std::string word; std::getline(stream, word);) words.push_back(word);
    return words;
}

Base base_of(const database::Rows& rows) {
    Base base{rows.id<BaseId>(0),
              {rows.id<MerchantId>(1), *CountyCode::parse(rows.text(2)), rows.text(3), rows.text(4),
               words_of(rows.text(5)), MuX100{rows.integer(6)}, rows.integer(7)},
              static_cast<int>(rows.integer(8)),
              rows.null(9) ? AccountId{} : rows.id<AccountId>(9),
              std::nullopt};
    if (!rows.null(10)) base.confirmed_by = rows.id<AccountId>(10);
    return base;
}

Lot lot_of(const database::Rows& rows) {
    Lot lot{rows.id<LotId>(0),
            *LotCode::parse(rows.text(1)),
            rows.id<BaseId>(2),
            rows.id<SkuId>(3),
            rows.id<ProductId>(4),
            rows.id<MerchantId>(5),
            *CountyCode::parse(rows.text(6)),
            rows.optional_date(7),
            rows.date(8),
            rows.optional_date(9),
            rows.integer(10),
            Gram{rows.integer(11)},
            rows.text(12),
            rows.text(13),
            rows.integer(14) != 0,
            rows.text(15)};
    // The same release took an expiry of the year 9999.
    if (lot.expiry) lot.expiry = std::min(*lot.expiry, lot.production + shelf_life_max);
    return lot;
}

}  // namespace shanhai::trace
