#pragma once

#include "vocabulary/codes.hpp"
#include "vocabulary/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shanhai::catalog {

/// Whom staff work for, as identity told of it.
struct Organisation {
    OrganisationId id{};
    std::string name;
    bool office = false;  ///< A public office: the only kind that recognises goods.
    bool seller = false;  ///< A merchant's house or the operator's: the only kinds that own merchants.
    std::optional<CountyCode> county;

    /// Its name without the mark of an invented one (示例).
    std::string_view proper_name() const;
};

}  // namespace shanhai::catalog
