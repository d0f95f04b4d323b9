#pragma once

#include "chassis/events/codec.hpp"
#include "chassis/events/wanted.hpp"

#include <vector>

namespace shanhai::events {

/// What of consecutive frames a service needs: the facts of the kinds that it learns, under their numbers and
/// in their order. Of a kind of which the latest counts it keeps two facts about each subject, the first,
/// since what follows may need that there is such a thing, and the last. Frames in which nothing is left are
/// left out; one that cannot be read is kept, for the consumer to name it.
std::vector<RawFrame> condense(std::vector<RawFrame> frames, const std::vector<Wanted>& wanted);

}  // namespace shanhai::events
