#pragma once

#include "certification/domain/decision.hpp"
#include "chassis/database/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::certification {

// Who decides under a scheme shares it; who freezes its catalogue has it alone. So what is decided is in the
// catalogue or later than it.
void share_scheme(database::Session& session, const SchemeCode& code);
void hold_scheme(database::Session& session, const SchemeCode& code);

/// What is in force at that moment, in the order of the certifications' ids, at most `count`. Members of
/// which nobody told for sure are empty.
std::vector<CatalogueEntry> in_force(database::Session& session, const SchemeCode& scheme, int year,
                                     Instant at, std::size_t count);

std::optional<Edition> find_edition(database::Session& session, EditionId id);
/// The last one of that year.
std::optional<Edition> last_edition(database::Session& session, const SchemeCode& scheme, int year);
/// The last one of the latest year before that one.
std::optional<Edition> last_edition_before(database::Session& session, const SchemeCode& scheme, int year);
/// The bytes as they were frozen; empty when there is no such edition.
std::string content_of(database::Session& session, EditionId id);
/// At most `count` behind `after`, in the order of their ids.
std::vector<Edition> list_editions(database::Session& session, const EditionFilter& filter, EditionId after,
                                   std::size_t count);

/// Fills in which editions name these.
void name_editions(database::Session& session, std::vector<Recognition>& recognitions);

EditionId insert_edition(database::Session& session, const Edition& edition, const std::string& content,
                         const std::vector<CatalogueEntry>& entries, AccountId by);

}  // namespace shanhai::certification
