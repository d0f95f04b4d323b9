#pragma once

#include "certification/application/ground.hpp"
#include "certification/domain/application.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::certification {

// What the use cases of applications have in common.

/// 404 `<what>-unknown`, 409, and 412 `version-stale`.
Error unknown(const std::string& what);
Error conflict(std::string code, std::string message);
Error stale(const std::string& what);

/// An application with all that decides about it; it and its product are locked.
struct Case {
    Application application;
    Ground ground;
    std::optional<Organisation> house;  ///< The author's.

    const Organisation* office() const { return house ? &*house : nullptr; }
};

Result<Case> case_of(database::Session& session, ApplicationId id, const Author& author);

/// In which capacity the author takes this action: an office that decides may also be one of the county.
Party party_of(const Case& one, Action action, const Author& author);

/// Whose applications the viewer sees.
Reach reach_of(database::Session& session, const Author& viewer, bool everything);

/// Whether it is of goods of the viewer's own house. Others see of what is being corrected what was submitted
/// last, until it is again.
bool is_own(database::Session& session, const Application& application, const Author& viewer);

/// Without its steps and objections; nothing for whoever it does not concern.
std::optional<ShownApplication> seen_by(database::Session& session, ApplicationId id, const Author& viewer,
                                        bool everything);

/// All of it, with what is found of its papers today; it is there.
ShownApplication shown_whole(database::Session& session, ApplicationId id);
/// Those of a list as that viewer sees them.
std::vector<ShownApplication> shown_to(database::Session& session, std::vector<ShownApplication> list,
                                       const Author& viewer);
/// The same for that viewer: the papers of objections with it for auditors and who may answer.
ShownApplication shown_to(database::Session& session, ApplicationId id, const Author& viewer, bool audits);
/// Whether the viewer may answer objections to it; nothing is locked.
bool may_answer(database::Session& session, const ShownApplication& shown, const Author& viewer);
/// What is found of its papers today.
std::vector<Finding> findings_of(database::Session& session, const ShownApplication& shown);

}  // namespace shanhai::certification
