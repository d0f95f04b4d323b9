#pragma once

#include "catalog/http/showcase.hpp"
#include "chassis/http/message.hpp"
#include "chassis/http/router.hpp"

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::catalog {

/// A clock that stands where it is put.
class StandingClock final : public Clock {
public:
    Instant now() const override { return at; }
    Steady steady() const override { return {}; }
    void wait(std::chrono::microseconds /*length*/) const override {}

    Instant at = *parse_rfc3339("2026-06-01T04:00:00Z");
};

/// The rows of a CSV file of the repository, each by its headings; what is quoted may hold no line break.
std::vector<std::vector<std::string>> rows_of(const std::string& file);

/// What data/sample puts into a catalog: ids are given in the order of the files, certifications are those of
/// 2026 and the year before.
Catalogue sample();

/// All of a catalogue, as it comes to a copy that has nothing.
CatalogueNews whole(Catalogue catalogue);

/// A GET that was answered, and is JSON.
boost::json::value asked(const http::Router& router, std::string_view path, const std::string& query);
/// The same, whatever it is.
http::Response answered(const http::Router& router, std::string_view path, const std::string& query);
/// A text as it stands in a query.
std::string escaped(std::string_view text);

}  // namespace shanhai::catalog
