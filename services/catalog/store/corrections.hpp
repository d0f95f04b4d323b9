#pragma once

#include "catalog/domain/catalog_store.hpp"
#include "chassis/database/session.hpp"

#include <string>
#include <string_view>

namespace shanhai::catalog {

// What things were before somebody corrected them (table `change_history`), and how a correction is refused.

void append_correction(database::Session& session, std::string_view subject, std::uint64_t id,
                       const std::string& was, const Author& author);

/// A county goes by its code.
std::uint64_t subject_of(const CountyCode& code);

Error version_stale(std::string_view what);
Error county_unknown();
Error pairing_unknown();

}  // namespace shanhai::catalog
