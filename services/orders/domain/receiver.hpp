#pragma once

#include "vocabulary/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shanhai::orders {

/// Who gets the parcel. Personal data: kept in the vault only, never logged, never in an event.
struct Receiver {
    std::string name;   ///< 1 to 50 characters.
    std::string phone;  ///< Digits only, as phone_digits returns them.
    std::optional<std::string> region_code;
    std::string address;  ///< 5 to 200 characters.

    friend bool operator==(const Receiver&, const Receiver&) = default;
};

/// The digits of a mobile (11 digits, 1[3-9]…) or landline number (area code 0…, 10 to 12 digits) of
/// mainland China, without +86, spaces and hyphens. Fails with Failure::invalid.
Result<std::string> phone_digits(std::string_view text);

// 《快递电子运单》: a name hides at least one character, a telephone number at least six digits, an address
// the unit and the room.

/// "张*": the first character only.
std::string masked_name(std::string_view name);
/// "138******78": at most five digits are shown.
std::string masked_phone(std::string_view digits);
/// The address up to where the building, unit or room begins.
std::string masked_address(std::string_view address);

}  // namespace shanhai::orders
