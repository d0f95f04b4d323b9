#pragma once

#include "certification/domain/known.hpp"
#include "certification/domain/scheme.hpp"
#include "chassis/database/session.hpp"

#include <optional>
#include <vector>

namespace shanhai::certification {

/// What decides about certifications of a product, as it is known inside the transaction that decides.
struct Ground {
    KnownProduct product;
    KnownCounty county;
    Scheme scheme;
    std::vector<KnownPairing> pairings;
    std::vector<Certification> certifications;  ///< The product's.
};

/// 503, as long as the catalog has not told all that it kept before.
Error handover_open();

/// Shares the scheme, so that no catalogue of it is frozen meanwhile, and locks the product. 503
/// `handover-open` as long as the catalog has not told all that it kept before; 422
/// `/product_id` when nobody knows the product or its county for sure.
Result<Ground> ground_of(database::Session& session, ProductId id, Scheme scheme);

/// What ground_of complains of as somebody else's trouble, for requests that do not name the product: 503
/// `product-unsure`.
Error doubt(const Error& error);

/// 409 `certified-already` when the product has another active certification of that scheme and year.
std::optional<Error> fault_beside(const Ground& ground, const Certification& one);

}  // namespace shanhai::certification
