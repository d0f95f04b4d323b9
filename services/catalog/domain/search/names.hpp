#pragma once

#include "catalog/domain/category.hpp"
#include "vocabulary/codes.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::catalog::search {

/// How people call an area, folded: 云南省 and 云南; 楚雄彝族自治州, 楚雄州 and 楚雄; 云县 alone, since 云 is
/// not what they call it.
std::vector<std::u16string> forms_of_area(std::string_view name);

/// A folded name in pinyin, in each way in which it may be read, up to so many; none of a name that nobody
/// reads.
inline constexpr std::size_t spellings_max = 16;
std::vector<std::u16string> spellings_of(std::u16string_view name);

/// How people call an area in English, folded: "daguan county" and "daguan"; "jingdong yi autonomous county",
/// "jingdong county" and "jingdong". Several words, other than in Chinese.
std::vector<std::u16string> forms_in_english(std::string_view name);

/// What people say for a category, its own name first, folded.
std::vector<std::u16string> words_for(const Category& category);

/// The tag by which a house says that now is the time of something.
inline constexpr std::string_view season_tag = "时令";
/// Whether the word, folded, asks for what is in season.
bool asks_for_season(std::u16string_view word);

/// A county's code as a number: it takes less room, and compares faster.
std::uint32_t number_of(const CountyCode& code);

/// Where the category stands among all of them; nothing for a code that is none.
std::optional<std::size_t> place_of_category(std::string_view code);

}  // namespace shanhai::catalog::search
