#pragma once

#include "certification/domain/application.hpp"
#include "chassis/database/session.hpp"

#include <map>
#include <vector>

namespace shanhai::certification {

/// The papers of an application by the step in which they were submitted; 0: as they are now.
std::map<int, std::vector<Evidence>> evidence_of(database::Session& session, ApplicationId id);
/// Those that it has now.
void replace_evidence(database::Session& session, ApplicationId id, const std::vector<Evidence>& papers);
/// Those that were submitted with the application's newest step.
void append_evidence(database::Session& session, ApplicationId id, const std::vector<Evidence>& papers);

/// The applications that name this file, or named it when they were submitted.
std::vector<ApplicationId> applications_with(database::Session& session, files::FileId file);

}  // namespace shanhai::certification
