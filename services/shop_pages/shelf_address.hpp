#pragma once

#include "chassis/http/page_head.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shanhai::shop_pages {

/// What the address of a list is narrowed by, as far as its name tells it (services/web/src/shop/looking.ts).
struct ShelfAddress {
    std::string area;
    std::string area_sent;  ///< As it stands in the address.
    std::string county;
    std::string category;

    /// Of the query of an address, as it was sent. What has not the shape of a choice is none.
    static ShelfAddress of(std::string_view query);
    bool everything() const { return area.empty() && county.empty() && category.empty(); }
};

/// What its choices are called; a county with where it lies.
struct ShelfNames {
    std::string area;
    std::string county;
    std::string county_whole;
    std::string category;
};

/// The head that a shared address has: the page's own title, and what is to be seen there.
http::PageHead head_of_shelf(const ShelfNames& names);

}  // namespace shanhai::shop_pages
