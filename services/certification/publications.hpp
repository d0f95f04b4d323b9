#pragma once

#include "certification/application/expiry.hpp"
#include "certification/application/publishing.hpp"
#include "certification/application/ruling.hpp"
#include "certification/http/edition_routes.hpp"
#include "certification/http/expiry_routes.hpp"
#include "certification/http/scheme_routes.hpp"
#include "chassis/service/backbone.hpp"

#include <functional>

namespace shanhai::certification {

/// After every transaction that told something: wakes the relay.
inline std::function<void()> committed(chassis::Backbone& backbone) {
    return [&backbone] { backbone.facts_committed(); };
}

/// The part of the wiring that is about what all are told: the rules of schemes, the editions of each year's
/// catalogue, and what ends with it.
class Publications {
public:
    Publications(chassis::Backbone& backbone, const http::Cursors& cursors);

    void mount(http::Router& router) {
        schemes_.mount(router);
        editions_.mount(router);
        expiring_.mount(router);
    }

private:
    Ruling ruling_;
    SchemeRoutes schemes_;
    Publishing publishing_;
    EditionRoutes editions_;
    Expiry expiry_;
    ExpiryRoutes expiring_;
};

}  // namespace shanhai::certification
