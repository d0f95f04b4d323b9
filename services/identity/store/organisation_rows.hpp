#pragma once

#include "chassis/database/session.hpp"
#include "identity/domain/correction.hpp"
#include "identity/domain/organisation.hpp"

#include <optional>
#include <vector>

namespace shanhai::identity {

/// The id of the new row, or nothing when name or code are taken.
std::optional<OrganisationId> insert_organisation(database::Session& session, const NewOrganisation& facts);
std::optional<Organisation> find_organisation(database::Session& session, OrganisationId id);
/// The same, and nobody changes it before the transaction ends.
std::optional<Organisation> hold_organisation(database::Session& session, OrganisationId id);
/// Whether it came in by papers that two people verified.
bool was_verified(database::Session& session, OrganisationId id);
/// Its name, code, county and version; false when another one has the name or the code.
bool update_organisation(database::Session& session, const Organisation& organisation);
void append_change(database::Session& session, OrganisationId id, const OrganisationChange& change);
/// At most `count` behind the change `after`, oldest first.
std::vector<OrganisationChange> read_changes(database::Session& session, OrganisationId id,
                                             std::uint64_t after, std::size_t count);

}  // namespace shanhai::identity
