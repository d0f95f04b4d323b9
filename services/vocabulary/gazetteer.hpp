#pragma once

#include "vocabulary/position.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace shanhai {

/// What is known of an area by its GB/T 2260 code, beside what the registry of places says in Chinese.
struct Area {
    std::string_view code;     ///< Of a county, a prefecture ("530600") or a province ("530000").
    std::string_view english;  ///< As its official spelling has it: "Daguan County", "Golog …", "Yunnan".
    /// Where the county's government sits, to a tenth of a degree (10 km): enough to show on which side of
    /// the country it lies, not to find it. Nothing for prefectures and provinces.
    std::optional<Position> seat;
};

/// Every area of data/places.csv, in the order of their codes.
const std::vector<Area>& known_areas();

/// The area of that code; null when the table has none: then it is called by its Chinese name alone.
const Area* find_area(std::string_view code);

}  // namespace shanhai
