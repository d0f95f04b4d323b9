#pragma once

#include "certification/application/certifying.hpp"
#include "certification/domain/application.hpp"
#include "chassis/files/file.hpp"

#include <boost/json/object.hpp>

namespace shanhai::certification {

/// Where a form of a paper's file is read from.
std::string evidence_address(const files::File& file, const files::Form& form);
/// … of an objection's.
std::string objection_paper_address(const files::File& file, const files::Form& form);

/// As it is at that moment: whether it is valid is computed, never stored.
boost::json::object json_of(const Recognition& recognition, Instant at);
/// With `names`: by which account, or null where nobody decided it but the time.
boost::json::object json_of(const StateChange& change, bool names);
/// For everybody: the papers by their hashes.
boost::json::object json_of(const Basis& basis);
boost::json::object json_of(const Proposal& proposal);
boost::json::object json_of(const ShownProposal& shown);
/// The certification at that moment, and the proposal or null.
boost::json::object json_of(const Changed& changed, Instant at);
boost::json::object json_of(const Scheme& scheme);

boost::json::object json_of(const Batch& batch);
/// For everybody: how many papers came with it, and not which.
boost::json::object json_of(const Objection& objection);
/// For those whom it concerns.
boost::json::object json_of(const ShownApplication& shown);
/// For everybody.
boost::json::object notice_json(const ShownApplication& shown);

}  // namespace shanhai::certification
