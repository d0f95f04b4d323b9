#pragma once

#include "channel/domain/scan.hpp"
#include "chassis/database/touched.hpp"

#include <vector>

namespace shanhai::channel {

/// Every placement with what decides where its code leads; or, of what is known to have changed, those alone.
std::vector<Screen> load_screens(database::Session& session, const database::Touched& changes);

}  // namespace shanhai::channel
