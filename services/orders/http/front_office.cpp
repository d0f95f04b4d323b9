#include "orders/http/front_office.hpp"

#include "chassis/security/crypto.hpp"

#include <utility>

namespace shanhai::orders {

FrontOffice::FrontOffice(const Behind& behind, const config::Settings& settings,
                         const security::Secrets& secrets,
                         std::function<std::chrono::milliseconds()> catalogue_age)
    : settings_{settings},
      access_{secrets.key("order_access")},
      orders_{behind.desk,  behind.offers,
              access_,      behind.staff_actions,
              behind.clock, OrderRoutes::Rules::of(settings, secrets, std::move(catalogue_age))},
      payments_{behind.desk, behind.providers, access_, behind.clock},
      sandbox_{behind.sandbox, payments_, behind.desk},
      stock_{behind.desk, behind.lookup, behind.clock, http::Cursors{secrets.key("cursor")}},
      lookup_{behind.lookup, behind.clock, http::Cursors{secrets.key("cursor")},
              security::hmac_sha256(secrets.key("order_access"), "receiver handles")},
      prices_{behind.lookup, behind.clock},
      thresholds_{behind.stock_watch},
      backfill_{behind.desk, behind.offers, behind.clock, secrets.read("internal_backfill")} {}

void FrontOffice::mount(http::Router& router, http::Router& internal) {
    orders_.mount(router);
    payments_.mount(router);
    stock_.mount(router);
    lookup_.mount(router);
    prices_.mount(router);
    thresholds_.mount(router);
    if (settings_.sandbox_payments) sandbox_.mount(router);
    if (settings_.backfill) backfill_.mount(internal);
}

}  // namespace shanhai::orders
