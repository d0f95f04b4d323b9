#pragma once

#include "vocabulary/result.hpp"

#include <string>
#include <string_view>

namespace shanhai {

/// A telephone number of mainland China in the one form in which numbers compare equal: a mobile's 11 digits
/// ("13812345678") or a landline's with its area code ("02164160000"), and an extension behind a hyphen
/// ("02164160000-123"). Takes it as people write and paste it: with +86, 0086 or 86, in brackets, with
/// blanks, in full width, wrapped in a phone's direction marks; the extension behind 转, ext, x, # or a
/// hyphen. Fails with Failure::invalid on numbers that cannot exist (a landline's own number begins with 2 to
/// 8), and on those of Hong Kong, Macao, Taiwan and elsewhere: we deliver within mainland China.
Result<std::string> phone_digits(std::string_view text);

/// The line of a number without its extension, which anybody can make up: limits count by it.
std::string_view phone_line(std::string_view phone_digits);

/// "138******78": at most five digits are shown, as 《快递电子运单》 asks.
std::string masked_phone(std::string_view digits);

}  // namespace shanhai
