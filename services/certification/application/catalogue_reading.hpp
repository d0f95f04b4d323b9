#pragma once

#include "certification/domain/edition.hpp"

#include <string_view>

namespace shanhai::certification {

/// What Catalogue::canonical wrote. Throws std::exception for anything else: what is stored was written by
/// it.
Catalogue catalogue_of(std::string_view content);

}  // namespace shanhai::certification
