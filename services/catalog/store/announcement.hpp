#pragma once

#include "catalog/domain/product.hpp"
#include "chassis/database/session.hpp"

#include <functional>
#include <string>
#include <vector>

namespace shanhai::catalog {

/// A product as others need to know it, with the merchant who offers it.
struct Offer {
    Product product;
    Merchant merchant;
};

/// What one transaction made true.
struct Announcement {
    std::vector<County> counties;
    std::vector<Pairing> pairings;
    std::vector<Merchant> merchants;
    std::vector<Offer> offers;
};

/// Publishes an announcement inside the transaction that made it true (events/announcer.hpp).
using Announce = std::function<void(database::Session&, const Announcement&)>;

}  // namespace shanhai::catalog
