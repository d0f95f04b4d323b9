#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/listing.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::orders {

/// The statement that finds the ids: each filter by the index that has its rows in the list's order or finds
/// few of them, whatever the optimiser thinks of the rest.
std::string list_statement(const OrderFilter& filter, const std::optional<ListPosition>& after,
                           std::size_t limit);
/// The ids of at most `limit` orders behind `after`, newest first.
std::vector<OrderId> list_orders(database::Session& session, const OrderFilter& filter,
                                 const std::optional<ListPosition>& after, std::size_t limit);

/// Whose merchant it is; nothing when there is none, or what is known of it is doubtful.
std::optional<OrganisationId> organisation_of(database::Session& session, MerchantId merchant);

}  // namespace shanhai::orders
