#include "orders/application/catalogue_age.hpp"

#include <algorithm>
#include <string>

namespace shanhai::orders {

std::function<std::chrono::milliseconds()> catalogue_age(const chassis::Backbone& backbone) {
    return [&backbone] { return std::max(backbone.age_of("catalog"), backbone.age_of("trace")); };
}

void report_catalogue(chassis::Backbone& backbone) {
    const std::chrono::seconds age_max{backbone.settings().catalogue_age_max_seconds};
    backbone.host().health.check("orders catalogue", true, [age = catalogue_age(backbone), age_max] {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(age());
        const auto said = "age of the catalogue: " + std::to_string(seconds.count()) + " s";
        return observe::Health::Finding{seconds <= age_max, said};
    });
}

}  // namespace shanhai::orders
