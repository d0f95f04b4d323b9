#include "catalog/domain/search/mentions.hpp"

namespace shanhai::catalog::search {
namespace {

/// Each pair of neighbours within a word, as a number that tells most of them apart (FNV-1a), until `visit`
/// has enough.
template <class Visit>
bool all_pairs(std::u16string_view text, Visit visit) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] == u' ' || text[i + 1] == u' ') continue;
        std::uint64_t hash = 0xcbf29ce484222325U;
        for (const char16_t unit : text.substr(i, 2)) {
            for (const auto byte : {unsigned{unit} & 0xFFU, unsigned{unit} >> 8U})
                hash = (hash ^ byte) * 0x100000001b3U;
        }
        if (!visit(hash)) return false;
    }
    return true;
}

}  // namespace

void Mentions::add(std::u16string_view text) {
    all_pairs(text, [this](std::uint64_t hash) {
        for (const auto bit : {hash % bits, (hash >> 32) % bits})
            set_[bit / 64] |= std::uint64_t{1} << (bit % 64);
        return true;
    });
}

bool Mentions::may_have(std::u16string_view word) const {
    return all_pairs(word, [this](std::uint64_t hash) {
        for (const auto bit : {hash % bits, (hash >> 32) % bits})
            if ((set_[bit / 64] >> (bit % 64) & 1) == 0) return false;
        return true;
    });
}

}  // namespace shanhai::catalog::search
