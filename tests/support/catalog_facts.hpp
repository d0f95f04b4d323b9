#pragma once

#include "chassis/events/frame.hpp"
#include "shanhai/event/v1/catalog.pb.h"

namespace shanhai::support {

/// What the catalog says when a county is registered.
inline events::Event county_fact(const char* code, const char* name) {
    event::v1::CountyRegistered fact;
    fact.set_county_code(code);
    fact.set_name(name);
    return events::Event::of(fact);
}

}  // namespace shanhai::support
