#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace shanhai::shop_pages {

/// What goes into the holes of a drawn page ("{{name}}"). Texts are escaped on their way in: only markup that
/// the build drew, and what was filled in before, goes in as it is.
class Holes {
public:
    Holes& text(std::string_view hole, std::string_view value);
    Holes& number(std::string_view hole, std::int64_t value);
    Holes& markup(std::string_view hole, std::string value);

    /// The drawn page with its holes filled; those of which nothing is known are left empty. What is filled
    /// in is not looked through for holes.
    std::string fill(std::string_view drawn) const;

private:
    std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace shanhai::shop_pages
