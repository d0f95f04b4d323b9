#pragma once

#include "vocabulary/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shanhai::orders {

/// Who gets the parcel. Personal data: kept in the vault only, never logged, never in an event.
struct Receiver {
    std::string name;                        ///< 1 to 50 characters.
    std::string phone;                       ///< As phone_digits returns it.
    std::optional<std::string> region_code;  ///< A RegionCode.
    std::string address;                     ///< 5 to 200 characters, one line.

    friend bool operator==(const Receiver&, const Receiver&) = default;
};

/// A telephone number of mainland China in the one form in which numbers compare equal: a mobile's 11 digits
/// ("13812345678") or a landline's with its area code ("02164160000"), and an extension behind a hyphen
/// ("02164160000-123"). Takes it as people write and paste it: with +86, 0086 or 86, in brackets, with
/// blanks, in full width, wrapped in a phone's direction marks; the extension behind 转, ext, x, # or a
/// hyphen. Fails with Failure::invalid on numbers that cannot exist (a landline's own number begins with 2 to
/// 8), and on those of Hong Kong, Macao, Taiwan and elsewhere: we deliver within mainland China.
Result<std::string> phone_digits(std::string_view text);

/// The line of a number without its extension, which anybody can make up: limits count by it.
std::string_view phone_line(std::string_view phone_digits);

// 《快递电子运单》: a name hides at least one character, a telephone number at least six digits, an address
// the unit and the room.

/// "张*": the first character only.
std::string masked_name(std::string_view name);
/// "138******78": at most five digits are shown.
std::string masked_phone(std::string_view digits);
/// The address without building, unit and room, whether it begins with them as in English or ends with them
/// as in Chinese: "上海市闵行区沪闵路6258号***", "*** Humin Road, Minhang, Shanghai". When nothing is
/// recognised, two fifths are hidden.
std::string masked_address(std::string_view address);

}  // namespace shanhai::orders
