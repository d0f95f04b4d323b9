#pragma once

#include "certification/store/announcement.hpp"
#include "chassis/events/lessons.hpp"

namespace shanhai::certification {

/// What this service learns of organisations, places, goods and where they grow, and of the certifications
/// that the catalog kept before; those it announces as its own.
events::Lessons lessons(const Announce& announce);

/// Without which nothing may be certified: it is never set aside, the consumption stops instead.
std::vector<std::string> indispensable_facts();

}  // namespace shanhai::certification
