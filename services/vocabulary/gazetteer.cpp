#include "vocabulary/gazetteer.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace shanhai {

extern const std::string_view places_csv;  // Generated from data/places.csv.

namespace {

/// What stands before the separator; `rest` keeps what stands behind it.
std::string_view cut(std::string_view& rest, char separator) {
    const auto end = std::min(rest.find(separator), rest.size());
    const auto head = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return head;
}

std::optional<Position> seat_of(std::string_view latitude, std::string_view longitude) {
    if (latitude.empty()) return std::nullopt;
    const auto seat = Position::of(std::stod(std::string{latitude}), std::stod(std::string{longitude}));
    if (!seat) throw std::logic_error{"places.csv has a seat outside of China"};
    return *seat;
}

std::vector<Area> read_table() {
    std::vector<Area> areas;
    auto table = places_csv;
    cut(table, '\n');  // The header.
    while (!table.empty()) {
        auto line = cut(table, '\n');
        if (line.empty()) continue;
        Area area;
        area.code = cut(line, ',');
        const auto latitude = cut(line, ',');
        area.seat = seat_of(latitude, cut(line, ','));
        area.english = line;  // The rest: names of several peoples have commas.
        areas.push_back(area);
    }
    std::ranges::sort(areas, {}, &Area::code);
    return areas;
}

}  // namespace

const std::vector<Area>& known_areas() {
    static const auto areas = read_table();
    return areas;
}

const Area* find_area(std::string_view code) {
    const auto& areas = known_areas();
    const auto found = std::ranges::lower_bound(areas, code, {}, &Area::code);
    return found != areas.end() && found->code == code ? &*found : nullptr;
}

}  // namespace shanhai
