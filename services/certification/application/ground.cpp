#include "certification/application/ground.hpp"

#include "certification/store/certification_rows.hpp"
#include "certification/store/edition_rows.hpp"
#include "certification/store/known_facts.hpp"

#include <algorithm>

namespace shanhai::certification {

Error handover_open() {
    return Error{Failure::unavailable, "handover-open",
                 "what was certified before is still on its way from the catalog"};
}

Result<Ground> ground_of(database::Session& session, ProductId id, Scheme scheme) {
    if (!handed_over(session)) return handover_open();
    share_scheme(session, scheme.code);
    auto product = lock_product(session, id);
    if (!product) return invalid_field("/product_id", "there is no such product");
    auto county = find_county(session, product->county);
    if (!county) return invalid_field("/product_id", "the product's county is not known yet");
    std::vector<KnownPairing> pairings;
    if (scheme.district) pairings = pairings_of(session, *scheme.district);
    return Ground{std::move(*product), std::move(*county), std::move(scheme), std::move(pairings),
                  certifications_of(session, id)};
}

Error doubt(const Error& error) {
    if (error.kind() != Failure::invalid) return error;
    return Error{Failure::unavailable, "product-unsure",
                 "something that was told of this product, its merchant or its county is not known for sure"};
}

std::optional<Error> fault_beside(const Ground& ground, const Certification& one) {
    // The product is locked, so nobody else is deciding the same; the schema's key says it once more.
    const bool active = std::ranges::any_of(ground.certifications, [&](const Certification& other) {
        const bool ended =
            other.state == CertificationState::revoked || other.state == CertificationState::withdrawn;
        return !ended && other.scheme == one.scheme && other.year == one.year;
    });
    if (!active) return std::nullopt;
    return Error{Failure::conflict, "certified-already",
                 "this product has an active certification of that scheme and year"};
}

}  // namespace shanhai::certification
