#pragma once

#include "audit/domain/merkle.hpp"
#include "audit/store/ledger_store.hpp"
#include "chassis/database/session.hpp"
#include "vocabulary/result.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace shanhai::audit {

/// 404 `entry-unknown`.
Error no_such_entry();

/// A hash in base64.
std::string encoded(const Hash& hash);

/// An entry's text, leaf hash and members.
boost::json::object entry_to_json(std::uint64_t index, const std::string& entry);

/// The proof of an entry in the newest tree, or in the older one that was asked for; its checkpoint comes
/// with the newest only. Reads each tile that it needs once, and nothing else.
Result<boost::json::object> proof_to_json(database::Session& session, std::uint64_t index,
                                          std::optional<std::uint64_t> wanted_size);

/// An order's entries, each with its proof in the newest tree. Fails with 404 `order-not-in-ledger`.
Result<boost::json::object> order_to_json(database::Session& session, const std::string& order_number);

}  // namespace shanhai::audit
