#pragma once

#include "vocabulary/codes.hpp"
#include "vocabulary/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shanhai {

/// A food production licence number, 食品生产许可证: "SC", one digit of kind, two of class, six of the
/// area of the authority, four in sequence, one check digit (ISO 7064 MOD 11,10).
class FoodLicence {
public:
    /// Fails with Failure::invalid on a wrong form or check digit.
    static Result<FoodLicence> parse(std::string_view text);

    const std::string& text() const { return text_; }
    std::string_view area() const { return std::string_view{text_}.substr(5, 6); }

    friend bool operator==(const FoodLicence&, const FoodLicence&) = default;

private:
    explicit FoodLicence(std::string_view text) : text_{text} {}

    std::string text_;
};

/// The number of a business licence, 6 to 30 digits and capital letters: most often the credit code. Fails
/// with Failure::invalid.
Result<std::string> business_licence_number(std::string_view text);

/// What is wrong with a producer's code of the area `area` (six digits of GB/T 2260), at `pointer`: it is
/// that of its county or, `explained` in words, that of its prefecture; a producer outside Shanghai is not
/// registered there (422 `area-mismatch`).
std::optional<Error> fault_of_area(std::string_view area, const CountyCode& county, bool explained,
                                   std::string pointer);

}  // namespace shanhai
