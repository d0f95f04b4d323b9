#pragma once

#include "orders/domain/desk.hpp"

#include <string>
#include <vector>

namespace shanhai::database {
class Session;
}

namespace shanhai::simulator {

/// Three SKUs of one merchant, two lots of each.
inline constexpr std::uint64_t skus = 3;
/// Packs of two of them, at shares that differ by a fen.
inline constexpr BundleId bundle{1};
std::vector<LotId> lots();

/// Tells the shop's goods as they are at `at`, as if its facts had been learnt.
void write_goods(database::Session& session, Instant at);
/// A lot is blocked, a certification suspended, or the merchant stopped, by the number that is drawn.
void write_bad_news(database::Session& session, Instant at, std::uint64_t drawn);

orders::RequestKey key_of(const std::string& name, const std::string& body);

}  // namespace shanhai::simulator
