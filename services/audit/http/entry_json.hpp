#pragma once

#include "audit/domain/ledger.hpp"

#include <boost/json/object.hpp>
#include <string>

namespace shanhai::audit {

/// A hash in base64.
std::string encoded(const Hash& hash);

/// A ledger's size and root.
boost::json::object ledger_to_json(std::uint64_t size, const Hash& root);

/// An entry's text, leaf hash and members.
boost::json::object entry_to_json(std::uint64_t index, const std::string& entry);

/// With its checkpoint, when it is of the newest tree.
boost::json::object proof_to_json(const Inclusion& proof);

/// An order's entries, each with its proof.
boost::json::object order_to_json(const std::string& order_number, const ProvenOrder& order);

}  // namespace shanhai::audit
