#pragma once

#include "chassis/http/router.hpp"
#include "chassis/http/static_files.hpp"
#include "shop_pages/first_views.hpp"

#include <chrono>
#include <optional>

namespace shanhai::shop_pages {

/// How long a page waits for what it could say at once; after that it begins as it does without.
inline constexpr std::chrono::milliseconds patience_of_pages{300};

/// What is known of a page of the shop before its program runs: whether there ever were such goods, what they
/// are called for whoever sends or finds its address, and its first view. The catalogue's routes in `router`
/// are asked as by anybody who is not signed in; where the catalogue runs elsewhere nothing is known. The
/// router outlives what is returned.
http::AskPage asking(const http::Router& router, std::optional<FirstViews> views,
                     std::chrono::milliseconds patience = patience_of_pages);

}  // namespace shanhai::shop_pages
