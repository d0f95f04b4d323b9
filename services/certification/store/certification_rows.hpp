#pragma once

#include "certification/domain/decision.hpp"
#include "chassis/database/session.hpp"

#include <map>
#include <optional>
#include <vector>

namespace shanhai::certification {

std::optional<Recognition> find_certification(database::Session& session, CertificationId id);
/// All of a product's, in the order of their ids.
std::vector<Certification> certifications_of(database::Session& session, ProductId product);
/// At most `count` of those that the filter takes, behind `after`, in the order of their ids.
std::vector<Recognition> list_certifications(database::Session& session, const Filter& filter,
                                             CertificationId after, std::size_t count);
/// All that there are of these.
std::map<CertificationId, Recognition> certifications_by_id(database::Session& session,
                                                            const std::vector<CertificationId>& ids);
std::vector<StateChange> history_of(database::Session& session, CertificationId id);

/// Its state begins `at`, which is also when it was recorded. Nothing when the scheme has given that number
/// already.
std::optional<CertificationId> insert_certification(database::Session& session,
                                                    const Certification& certification, Instant at,
                                                    AccountId by);
/// From now on it is in that state.
void change_state(database::Session& session, CertificationId id, const StateChange& change);

/// As the catalog kept it, under its id. False when it is here already.
bool take_over(database::Session& session, const Certification& certification,
               const std::vector<StateChange>& history);
bool handed_over(database::Session& session);
/// From now on ids are given behind `last_id`.
void end_handover(database::Session& session, std::uint64_t last_id);

}  // namespace shanhai::certification
