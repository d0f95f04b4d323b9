#pragma once

#include "chassis/http/first_view.hpp"

#include <boost/json/object.hpp>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace shanhai::shop_pages {

/// The first views of the shop's pages: drawn when the pages were built, with the pages' own parts
/// (services/web/build/first_views.ts), and filled with what the catalogue answers. What is drawn nowhere
/// (goods that nobody can order, a return policy of tomorrow) has none: its page begins as it did before.
class FirstViews {
public:
    /// As drawn into the folder of the pages; nothing when they were built without. Throws std::runtime_error
    /// when what is there is something else.
    static std::optional<FirstViews> read(const std::filesystem::path& folder);
    /// The same from the file's text.
    explicit FirstViews(std::string_view drawn);

    /// The whole shelf: a page of GET /v1/products, GET /v1/categories, and of how many goods there are GET
    /// /v1/products/facets. Without answers; the caller has them.
    std::optional<http::FirstView> shelf(const boost::json::object& products,
                                         const boost::json::object& categories,
                                         const boost::json::object& facets) const;
    std::optional<http::FirstView> product(const boost::json::object& product) const;
    std::optional<http::FirstView> bundle(const boost::json::object& bundle) const;

private:
    using Drawings = std::map<std::string, std::string, std::less<>>;
    struct Page {
        std::string head;
        Drawings variants;  ///< By what they look like: "picture valid plain".
        Drawings pieces;    ///< What is repeated.
    };

    const Page& page(std::string_view name) const;
    std::string cards(const boost::json::object& products, bool& drawn) const;
    std::string chips(const boost::json::object& categories, const boost::json::object& facets) const;
    std::string helped(const boost::json::object& certification) const;
    std::string scheme_name(const boost::json::object& certification) const;
    std::optional<http::FirstView> view(const Page& page, std::string content) const;

    std::string frame_;  ///< What all pages have around them.
    std::map<std::string, Page, std::less<>> pages_;
    Drawings schemes_;
};

}  // namespace shanhai::shop_pages
