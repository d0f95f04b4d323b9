#pragma once

#include "audit/domain/signed_note.hpp"
#include "audit/store/ledger_store.hpp"

#include <optional>
#include <string>

namespace shanhai::audit {

/// Whether the ledger may be built upon. The newest note must open with our own key and say what the head
/// says; the tiles on the right edge must be as wide as that size wants and lead to that root; the entries
/// below the last tile must be all there and have its hashes; nothing may lie beyond. What the database holds
/// is never believed, only what we signed. Reads at most one tile a level and 256 entries.
/// Returns a sentence that says what differs first, or nothing when all is well.
std::optional<std::string> flaw_in_foundation(database::Session& session, const Head& head,
                                              const NoteSigner& signer);

}  // namespace shanhai::audit
