#pragma once

#include "chassis/http/router.hpp"
#include "chassis/published.hpp"
#include "trace/domain/origin_card.hpp"
#include "vocabulary/shared_map.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace shanhai::trace {

/// Serves the origin cards from memory, rendered once when they change, with entity tags.
class OriginCardRoutes {
public:
    void mount(http::Router& router);

    /// Replaces all cards. Requests that are being answered keep the old ones.
    void show(const OriginCards& cards);
    /// Replaces these, or adds them.
    void show_again(const OriginCards& cards);

    /// GET /v1/origin-cards/products/{product_id}
    http::Response of_product(const http::Request& request) const;
    /// GET /v1/origin-cards/lots/{lot_id}
    http::Response of_lot(const http::Request& request) const;

private:
    struct Rendered {
        std::shared_ptr<const std::string> body;
        std::string etag;
        std::optional<MerchantId> never_listed_of;
    };
    using Cards = SharedMap<Rendered>;
    struct Shown {
        Cards of_product;
        Cards of_lot;
        std::map<MerchantId, OrganisationId> houses;

        bool may_know(const Reader& reader, const Rendered& card) const;
    };

    void put_up(Shown shown, const OriginCards& cards);
    static Rendered render(const OriginCard& card);
    http::Response answer(const http::Request& request, Cards Shown::*kind, std::string_view parameter) const;

    Published<Shown> shown_;
};

}  // namespace shanhai::trace
