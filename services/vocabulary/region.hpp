#pragma once

#include "vocabulary/result.hpp"

#include <string>
#include <string_view>

namespace shanhai {

/// The GB/T 2260 code of an area that an address may name: a county, district or county-level city, or one
/// of the prefecture-level cities that have none ("441900" is 东莞市). Only codes that exist: they come from
/// data/gbt2260.txt.
class RegionCode {
public:
    /// Fails with Failure::invalid.
    static Result<RegionCode> parse(std::string_view text);

    const std::string& text() const { return digits_; }

    friend bool operator==(const RegionCode&, const RegionCode&) = default;

private:
    explicit RegionCode(std::string_view text) : digits_{text} {}

    std::string digits_;
};

/// Whether GB/T 2260 has an area of that code today: one that an address may name, or a prefecture ("530600")
/// or a province ("530000") that holds one. Codes that an area had before are none.
bool is_region(std::string_view code);

}  // namespace shanhai
