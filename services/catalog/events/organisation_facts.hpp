#pragma once

#include "chassis/events/frame.hpp"

namespace shanhai::catalog {

/// Keeps what identity says of an organisation; other facts are for others. Throws when its county is none.
void apply_organisation_fact(database::Session& session, const events::Event& event);

}  // namespace shanhai::catalog
