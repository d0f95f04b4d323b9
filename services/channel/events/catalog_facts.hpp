#pragma once

#include "chassis/events/frame.hpp"

namespace shanhai::channel {

/// Keeps this service's copies of counties and products as the catalog last described them. Throws
/// when a fact breaks the contract, so that the consumer stops at it.
void apply_catalog_fact(database::Session& session, const events::Event& event);

}  // namespace shanhai::channel
