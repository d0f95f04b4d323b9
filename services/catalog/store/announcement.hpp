#pragma once

#include "catalog/domain/product.hpp"
#include "chassis/database/session.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::catalog {

/// A product as others need to know it, with the merchant who offers it.
struct Offer {
    Product product;
    Merchant merchant;
};

/// One step in the life of a certification that the catalog kept.
struct KeptStep {
    CertificationState state = CertificationState::certified;
    std::string reason;
    Instant at{};
    AccountId by{};
};

/// A certification from when the catalog kept them, for the service that keeps them now.
struct KeptCertification {
    Certification certification;
    std::vector<KeptStep> steps;
};

/// So many were handed over; the last id that was ever given may be of one that could not be.
struct HandedOver {
    std::uint64_t count = 0;
    std::uint64_t last_id = 0;
};

/// What one transaction made true.
struct Announcement {
    std::vector<County> counties;
    std::vector<Pairing> pairings;
    std::vector<Merchant> merchants;
    std::vector<Offer> offers;
    std::vector<KeptCertification> handed_over;
    std::optional<HandedOver> all_handed_over;  ///< That was all.
};

/// Publishes an announcement inside the transaction that made it true (events/announcer.hpp).
using Announce = std::function<void(database::Session&, const Announcement&)>;

}  // namespace shanhai::catalog
