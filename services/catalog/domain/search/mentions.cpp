#include "catalog/domain/search/mentions.hpp"

namespace shanhai::catalog::search {
namespace {

bool begins_character(char byte) { return (static_cast<std::uint8_t>(byte) & 0xC0U) != 0x80U; }

/// Each pair of neighbouring characters, as a number that tells most of them apart (FNV-1a), until `visit`
/// has enough.
template <class Visit>
bool all_pairs(std::string_view text, Visit visit) {
    std::size_t before = 0;
    std::size_t current = 0;
    bool pair = false;
    for (std::size_t i = 1; i <= text.size(); ++i) {
        if (i < text.size() && !begins_character(text[i])) continue;
        if (pair) {
            std::uint64_t hash = 0xcbf29ce484222325U;
            for (const char byte : text.substr(before, i - before))
                hash = (hash ^ static_cast<std::uint8_t>(byte)) * 0x100000001b3U;
            if (!visit(hash)) return false;
        }
        pair = true;
        before = current;
        current = i;
    }
    return true;
}

}  // namespace

void Mentions::add(std::string_view text) {
    all_pairs(text, [this](std::uint64_t hash) {
        for (const auto bit : {hash % bits, (hash >> 32) % bits})
            set_[bit / 64] |= std::uint64_t{1} << (bit % 64);
        return true;
    });
}

bool Mentions::may_have(std::string_view words) const {
    return all_pairs(words, [this](std::uint64_t hash) {
        for (const auto bit : {hash % bits, (hash >> 32) % bits})
            if ((set_[bit / 64] >> (bit % 64) & 1) == 0) return false;
        return true;
    });
}

}  // namespace shanhai::catalog::search
