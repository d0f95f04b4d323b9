#pragma once

#include "vocabulary/money.hpp"

#include <optional>
#include <string_view>

namespace shanhai::catalog {

/// The weight that a name tells of a pack: "500克袋装", "2.5 kg", "3斤", "100克×2罐", "10×50g". Nothing
/// unless there is one weight and nothing else that could multiply it, add to it or make it vague: who is
/// refused because of it must plainly be wrong.
std::optional<Gram> weight_told(std::string_view name);

}  // namespace shanhai::catalog
