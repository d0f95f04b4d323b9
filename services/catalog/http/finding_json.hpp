#pragma once

#include "catalog/domain/search/suggesting.hpp"
#include "catalog/http/view.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace shanhai::catalog {

/// ",\"ranking\":{…}": the rule of a list's order, to be shown with it.
std::string ranking_of(const View& view, const search::Order& order, bool by_words);
/// ",\"corrected_to\":…"
std::string corrected_json(const std::optional<std::string>& corrected_to);

/// The fullest first; of those that are equally full, by code. Of merchants so many, and the chosen one.
inline constexpr std::size_t counted_merchants_max = 50;
boost::json::object json_of(const search::Finding::Counts& counts, const View& view,
                            const std::optional<MerchantId>& chosen,
                            const std::optional<std::string>& corrected_to);
/// Each name once.
boost::json::object json_of(const search::Suggestions& suggestions, const View& view);

}  // namespace shanhai::catalog
