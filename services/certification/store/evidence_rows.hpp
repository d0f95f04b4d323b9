#pragma once

#include "certification/domain/application.hpp"
#include "certification/domain/decision.hpp"
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

/// The papers of each application's last submission; an application without any is not among them.
std::map<ApplicationId, std::vector<SubmittedPaper>> submitted_papers(database::Session& session,
                                                                      const std::vector<ApplicationId>& ids);
/// What the certification was decided on; nothing when it was entered without an application.
std::optional<Basis> basis_of(database::Session& session, CertificationId id);

/// The applications that named this file when they were submitted.
std::vector<ApplicationId> submitted_with(database::Session& session, files::FileId file);

/// Certifications that are CERTIFIED, whose application was submitted last with a paper that does not hold on
/// that day and was not found lapsed before; in the order of their ids.
std::vector<CertificationId> with_lapsed_papers(database::Session& session, Date today, CertificationId after,
                                                std::size_t count);
/// The application that a certification came of; nothing when it was entered without one.
std::optional<ApplicationId> application_behind(database::Session& session, CertificationId id);
/// Remembers that it lapsed; false when that is known.
bool insert_lapse(database::Session& session, CertificationId id, const Evidence& paper);

}  // namespace shanhai::certification
