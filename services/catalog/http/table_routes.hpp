#pragma once

#include "catalog/http/showcase.hpp"
#include "chassis/http/router.hpp"
#include "chassis/sheets/clerk.hpp"

namespace shanhai::catalog {

/// Products as tables for spreadsheets, in and out.
class TableRoutes {
public:
    TableRoutes(CatalogStore& store, Showcase& showcase) : store_{store}, showcase_{showcase} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer take(const http::Request& request);
    Answer give(const http::Request& request);
    boost::asio::awaitable<void> show_all();

    CatalogStore& store_;
    Showcase& showcase_;
    sheets::Clerk clerk_;
};

}  // namespace shanhai::catalog
