#pragma once

#include "orders/http/backfill_routes.hpp"
#include "orders/http/lookup_routes.hpp"
#include "orders/http/order_routes.hpp"
#include "orders/http/payment_routes.hpp"
#include "orders/http/price_routes.hpp"
#include "orders/http/stock_routes.hpp"
#include "orders/http/threshold_routes.hpp"

namespace shanhai::orders {

/// All that others may ask of the service, as its settings allow.
class FrontOffice {
public:
    /// What the routes speak to; it outlives them.
    struct Behind {
        OrderDesk& desk;
        const Published<OfferBook>& offers;
        const Providers& providers;
        StaffActions& staff_actions;
        Lookup& lookup;
        StockWatch& stock_watch;
        SandboxTeller& sandbox;
        const Clock& clock;
    };

    /// `catalogue_age`: of what decides whether goods may be sold.
    FrontOffice(const Behind& behind, const config::Settings& settings, const security::Secrets& secrets,
                std::function<std::chrono::milliseconds()> catalogue_age);

    void mount(http::Router& router, http::Router& internal);

private:
    const config::Settings& settings_;
    OrderAccess access_;
    OrderRoutes orders_;
    PaymentRoutes payments_;
    SandboxRoutes sandbox_;
    StockRoutes stock_;
    LookupRoutes lookup_;
    PriceRoutes prices_;
    ThresholdRoutes thresholds_;
    BackfillRoutes backfill_;
};

}  // namespace shanhai::orders
