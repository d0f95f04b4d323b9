#pragma once

#include "catalog/http/finding_routes.hpp"
#include "search/sample.hpp"

#include <gtest/gtest.h>

namespace shanhai::catalog {

/// The catalog's own routes over the sample data.
class Asking : public ::testing::Test {
protected:
    Asking() : stored_{sample()} {
        showcase_.follow(whole(stored_));
        router_.guard(security::Port::public_, [](const auto&, auto&) { return std::nullopt; });
        routes_.mount(router_);
    }

    boost::json::value list(const std::string& query) { return asked(router_, "/v1/products", query); }
    boost::json::value facets(const std::string& query) {
        return asked(router_, "/v1/products/facets", query);
    }
    boost::json::value suggestions(const std::string& typed) {
        return asked(router_, "/v1/products/suggestions", "q=" + escaped(typed));
    }
    int status(const std::string& query) { return answered(router_, "/v1/products", query).status; }

    /// A product as it now is, in what is shown.
    void change(const Product& product) {
        stored_.products.insert_or_assign(product.id, product);
        CatalogueNews news;
        news.read.revision = ++stored_.revision;
        news.products.insert(product.id);
        news.read.products.emplace(product.id, product);
        showcase_.follow(std::move(news));
    }

    ProductId called(const std::string& name) const {
        for (const auto& [id, product] : stored_.products) {
            if (product.text.name == name) return id;
        }
        ADD_FAILURE() << name;
        return {};
    }

    static std::vector<std::string> names_in(const boost::json::value& page) {
        std::vector<std::string> names;
        for (const auto& one : page.at("items").as_array()) names.emplace_back(one.at("name").as_string());
        return names;
    }

    StandingClock clock_;
    Catalogue stored_;
    Showcase showcase_{clock_};
    http::Cursors cursors_{"a key for the test's own cursors"};
    FindingRoutes routes_{showcase_, cursors_};
    http::Router router_;
};

}  // namespace shanhai::catalog
