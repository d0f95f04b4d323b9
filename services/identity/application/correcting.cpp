#include "identity/application/correcting.hpp"

#include "identity/store/organisation_rows.hpp"

namespace shanhai::identity {
namespace {

using database::Session;

Error organisation_unknown() {
    return Error{Failure::not_found, "organisation-unknown", "there is no such organisation"};
}

/// What is to be stored, or why it may not be.
Result<Organisation> corrected(Session& session, const Organisation& stored,
                               const OrganisationCorrection& wanted, int version, bool administrator) {
    if (stored.version != version) {
        return Error{Failure::precondition, "version-stale",
                     "somebody else changed this organisation meanwhile"};
    }
    const bool verified = was_verified(session, stored.id);
    if (auto fault = fault_of_correcting(stored, wanted, administrator, verified)) return *fault;
    return Organisation{stored.id, wanted.applied_to(stored.facts), stored.version + 1};
}

}  // namespace

Correcting::Awaitable<Organisation> Correcting::find(OrganisationId id) const {
    return pool_.transact([id](Session& session) -> Result<Organisation> {
        auto found = find_organisation(session, id);
        if (!found) return organisation_unknown();
        return std::move(*found);
    });
}

Correcting::Awaitable<Organisation> Correcting::correct(OrganisationId id, OrganisationCorrection wanted,
                                                        int version, AccountId by, bool administrator) {
    return database::transact_telling(
        pool_, told_.committed,
        [this, id, wanted = std::move(wanted), version, by,
         administrator](Session& session) -> Result<Organisation> {
            const auto stored = hold_organisation(session, id);
            if (!stored) return organisation_unknown();
            auto next = corrected(session, *stored, wanted, version, administrator);
            if (!next) return next.error();
            if (next->facts == stored->facts) return *stored;
            if (!update_organisation(session, *next)) {
                return Error{Failure::conflict, "organisation-exists",
                             "another organisation has this name or credit code"};
            }
            append_change(session, id, {0, stored->facts, next->facts, wanted.reason, session.now(), by});
            told_.corrected(session, *next, by);
            return next;
        });
}

Correcting::Awaitable<std::vector<OrganisationChange>> Correcting::changes(OrganisationId id,
                                                                           std::uint64_t after,
                                                                           std::size_t count) const {
    return pool_.transact([=](Session& session) -> Result<std::vector<OrganisationChange>> {
        if (!find_organisation(session, id)) return organisation_unknown();
        return read_changes(session, id, after, count);
    });
}

}  // namespace shanhai::identity
