#pragma once

#include "vocabulary/phone.hpp"
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

// 《快递电子运单》: a name hides at least one character, an address the unit and the room; telephone numbers:
// masked_phone.

/// "张*": the first character only.
std::string masked_name(std::string_view name);
/// The address without building, unit and room, whether it begins with them as in English or ends with them
/// as in Chinese: "上海市闵行区沪闵路6258号***", "*** Humin Road, Minhang, Shanghai". When nothing is
/// recognised, two fifths are hidden.
std::string masked_address(std::string_view address);

}  // namespace shanhai::orders
