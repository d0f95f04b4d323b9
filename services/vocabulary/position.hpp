#pragma once

#include "vocabulary/result.hpp"

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace shanhai {

/// A place on the ground in WGS84, as the GPS of a telephone says it, to 1e-5 of a degree (a metre). Not in
/// GCJ-02, by which maps published in China are shifted some hundred metres: nobody may turn one into the
/// other here, so what is copied from such a map is a little off.
class Position {
public:
    static constexpr std::int64_t a_degree = 100'000;
    static constexpr std::int64_t latitude_e5_min = 3 * a_degree;  // Of China, with its seas.
    static constexpr std::int64_t latitude_e5_max = 54 * a_degree;
    static constexpr std::int64_t longitude_e5_min = 73 * a_degree;
    static constexpr std::int64_t longitude_e5_max = 136 * a_degree;

    /// Of degrees north and east, rounded to the nearest 1e-5. Fails with Failure::invalid, its pointer
    /// `/latitude` or `/longitude`, outside of China.
    static Result<Position> of(double latitude, double longitude) {
        if (auto fault = fault_of_latitude(latitude)) return invalid_field("/latitude", std::move(*fault));
        if (auto fault = fault_of_longitude(longitude)) return invalid_field("/longitude", std::move(*fault));
        return Position{std::llround(latitude * a_degree), std::llround(longitude * a_degree)};
    }
    /// What is wrong with one of them, each by itself.
    static std::optional<std::string> fault_of_latitude(double degrees) {
        if (lies(degrees, latitude_e5_min, latitude_e5_max)) return std::nullopt;
        return outside("latitude", latitude_e5_min, latitude_e5_max);
    }
    static std::optional<std::string> fault_of_longitude(double degrees) {
        if (lies(degrees, longitude_e5_min, longitude_e5_max)) return std::nullopt;
        return outside("longitude", longitude_e5_min, longitude_e5_max);
    }
    /// As it is stored. Nothing outside of China.
    static std::optional<Position> of_e5(std::int64_t latitude, std::int64_t longitude) {
        const auto position = of(degrees_of(latitude), degrees_of(longitude));
        return position ? std::optional{*position} : std::nullopt;
    }

    std::int64_t latitude_e5() const { return latitude_e5_; }
    std::int64_t longitude_e5() const { return longitude_e5_; }
    double latitude() const { return degrees_of(latitude_e5_); }
    double longitude() const { return degrees_of(longitude_e5_); }

    /// To the nearest 0.01 of a degree: the valley, not the field.
    Position about() const { return Position{to_hundredth(latitude_e5_), to_hundredth(longitude_e5_)}; }

    friend bool operator==(const Position&, const Position&) = default;

private:
    Position(std::int64_t latitude, std::int64_t longitude)
        : latitude_e5_{latitude}, longitude_e5_{longitude} {}

    static double degrees_of(std::int64_t e5) { return static_cast<double>(e5) / a_degree; }
    static bool lies(double degrees, std::int64_t min, std::int64_t max) {
        return degrees >= degrees_of(min) && degrees <= degrees_of(max);
    }
    static std::string outside(const char* what, std::int64_t min, std::int64_t max) {
        return std::string{"a "} + what + " in China is from " + std::to_string(min / a_degree) + " to " +
               std::to_string(max / a_degree) + " degrees";
    }
    static std::int64_t to_hundredth(std::int64_t e5) {
        constexpr auto step = a_degree / 100;
        return (e5 + step / 2) / step * step;
    }

    std::int64_t latitude_e5_;
    std::int64_t longitude_e5_;
};

}  // namespace shanhai
