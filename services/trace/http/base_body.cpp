#include "trace/http/base_body.hpp"

#include "chassis/http/json.hpp"

#include <limits>
#include <utility>

namespace shanhai::trace {
namespace {

constexpr std::int64_t id_max = std::numeric_limits<std::int64_t>::max();

/// Takes the months out of the body: Fields reads no lists of numbers. None when nobody says them, which of a
/// whole (PUT) takes a null.
Result<Months> months_taken(boost::json::value& body, bool whole) {
    auto* const object = body.if_object();
    const auto* const found = object == nullptr ? nullptr : object->if_contains("harvest_months");
    if (found == nullptr && whole) return invalid_field("", "is missing; null says that there is none");
    if (found == nullptr) return Months{};
    const auto said = *found;
    object->erase("harvest_months");
    if (said.is_null()) return Months{};
    const auto* const list = said.if_array();
    if (list == nullptr) return invalid_field("", "is a list of months");
    std::vector<std::int64_t> numbers;
    for (const auto& month : *list) {
        boost::system::error_code no_number;
        numbers.push_back(month.to_number<std::int64_t>(no_number));
        if (no_number) return invalid_field("", "is a list of whole numbers");
    }
    return Months::of(numbers);
}

/// A number with a fraction, which Fields does not read either.
Result<std::optional<double>> degrees_taken(boost::json::value& body, std::string_view name, bool whole) {
    auto* const object = body.if_object();
    const auto* const found = object == nullptr ? nullptr : object->if_contains(name);
    if (found == nullptr && whole) return invalid_field("", "is missing; null says that there is none");
    if (found == nullptr) return std::optional<double>{};
    const auto said = *found;
    object->erase(name);
    if (said.is_null()) return std::optional<double>{};
    if (!said.is_number()) return invalid_field("", "is a number of degrees, such as 27.75");
    return std::optional{said.to_number<double>()};
}

/// Both or neither.
class PositionTaken {
public:
    PositionTaken(boost::json::value& body, bool whole)
        : latitude_{degrees_taken(body, "latitude", whole)},
          longitude_{degrees_taken(body, "longitude", whole)} {}

    std::optional<Position> said_to(http::Fields& fields) const {
        say_fault(fields, "latitude", latitude_, Position::fault_of_latitude);
        say_fault(fields, "longitude", longitude_, Position::fault_of_longitude);
        if (!latitude_ || !longitude_ || (!*latitude_ && !*longitude_)) return std::nullopt;
        if (!*latitude_ || !*longitude_) {
            fields.complain(*latitude_ ? "longitude" : "latitude",
                            "a position has a latitude and a longitude");
            return std::nullopt;
        }
        const auto position = Position::of(**latitude_, **longitude_);
        return position ? std::optional{*position} : std::nullopt;
    }

private:
    static void say_fault(http::Fields& fields, std::string_view name,
                          const Result<std::optional<double>>& degrees,
                          std::optional<std::string> (*fault_of)(double)) {
        if (!degrees) return fields.complain(name, degrees.error().fields().at(0).detail);
        if (!*degrees) return;
        if (const auto fault = fault_of(**degrees)) fields.complain(name, *fault);
    }

    Result<std::optional<double>> latitude_;
    Result<std::optional<double>> longitude_;
};

}  // namespace

Result<BaseDetails> base_from(const http::Request& request, boost::json::value body) {
    const bool whole = request.method == http::Method::put;
    const auto months = months_taken(body, whole);
    const PositionTaken position{body, whole};
    http::Fields fields{body};
    const auto merchant = fields.integer("merchant_id", 1, id_max);
    auto county = fields.parsed<CountyCode>("county_code");
    auto name = fields.text("name", 1, 100);
    auto village = fields.text("village", 1, 100);
    auto words = fields.texts("product_words", 1, 10, 1, 40);
    const auto area = fields.integer("mu_x100", 1, base_area_max.count());
    const auto yield = fields.integer("yield_kg_per_mu", 1, yield_kg_per_mu_max);
    if (!months) fields.complain("harvest_months", months.error().fields().at(0).detail);
    const auto place = position.said_to(fields);
    if (auto error = fields.complaints()) return *error;
    return BaseDetails{MerchantId{static_cast<std::uint64_t>(merchant)},
                       *county,
                       std::move(name),
                       std::move(village),
                       std::move(words),
                       MuX100{area},
                       yield,
                       *months,
                       place};
}

}  // namespace shanhai::trace
