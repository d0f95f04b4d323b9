#pragma once

#include "channel/domain/scan.hpp"
#include "chassis/database/session.hpp"

#include <cstdint>
#include <vector>

namespace shanhai::channel {

struct Screens {
    std::uint64_t revision = 0;
    std::vector<Screen> all;
};

/// Every placement with what decides where its code leads. The revision is read first: what commits meanwhile
/// is at worst read early, and the next look at the revision finds that it moved.
Screens load_screens(database::Session& session);

}  // namespace shanhai::channel
