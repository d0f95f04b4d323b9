#pragma once

#include "certification/domain/application.hpp"
#include "chassis/database/session.hpp"

#include <optional>
#include <vector>

namespace shanhai::certification {

/// With its papers, in their order; each belongs to no other.
ObjectionId insert_objection(database::Session& session, ApplicationId application,
                             const NewObjection& objection, const std::vector<files::FileId>& papers);
/// What was objected with the same key, text and papers before; nothing of what came without a key.
std::optional<Objection> find_repeated(database::Session& session, ApplicationId application,
                                       const NewObjection& objection);
std::optional<Objection> lock_objection(database::Session& session, ObjectionId id);
void answer_objection(database::Session& session, ObjectionId id, const std::string& answer, AccountId by);
/// Bytes that are kept of all papers with which somebody objected to it.
std::int64_t paper_bytes(database::Session& session, ApplicationId application);
std::int64_t open_objections(database::Session& session, ApplicationId application);
/// All of them, in the order of their ids; without what their papers are.
std::vector<Objection> objections_to(database::Session& session, ApplicationId application);
/// What everybody may read: in the order of their ids.
std::vector<Objection> answered_objections(database::Session& session, ApplicationId application,
                                           ObjectionId after, std::size_t count);

/// Says of each which its papers are.
void read_papers(database::Session& session, std::vector<Objection>& objections);
/// The application to which somebody objected with that file; nothing when nobody did.
std::optional<ApplicationId> objected_with(database::Session& session, files::FileId file);

}  // namespace shanhai::certification
