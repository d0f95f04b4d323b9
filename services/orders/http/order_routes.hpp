#pragma once

#include "chassis/config/settings.hpp"
#include "chassis/http/router.hpp"
#include "chassis/observe/metrics.hpp"
#include "chassis/published.hpp"
#include "chassis/security/secrets.hpp"
#include "chassis/security/signed_token.hpp"
#include "orders/application/staff_actions.hpp"
#include "orders/http/access.hpp"
#include "vocabulary/clock.hpp"

#include <chrono>
#include <functional>
#include <vector>

namespace shanhai::orders {

/// POST /v1/orders, GET /v1/orders/{order_number} and POST …/cancel.
class OrderRoutes {
public:
    struct Rules {
        std::string attribution_key;
        std::chrono::milliseconds catalogue_age_max{0};
        std::function<std::chrono::milliseconds()> catalogue_age;  ///< Called by every order; from memory.
        std::string previous_attribution_key{};  ///< Still accepted after the key was replaced; empty: none.

        static Rules of(const config::Settings& settings, const security::Secrets& secrets,
                        std::function<std::chrono::milliseconds()> catalogue_age);
    };

    OrderRoutes(OrderDesk& desk, const Published<OfferBook>& offers, const OrderAccess& access,
                StaffActions& actions, const Clock& clock, Rules rules);

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> place(const http::Request& request);
    boost::asio::awaitable<http::Response> show(const http::Request& request);
    boost::asio::awaitable<http::Response> cancel(const http::Request& request);
    boost::asio::awaitable<http::Response> show_now(std::string order_number, bool to_staff);

    Result<PlaceCommand> read_command(const http::Request& request) const;
    Result<OrderDraft> check(const OrderRequest& request,
                             const std::optional<Attribution>& attribution) const;
    std::optional<Attribution> read_attribution(const OrderRequest& request) const;

    OrderDesk& desk_;
    const Published<OfferBook>& offers_;
    const OrderAccess& access_;
    StaffActions& actions_;
    const Clock& clock_;
    Rules rules_;
    std::vector<security::SignedTokens> attributions_;  ///< By the key that signs now, and the one before.
    observe::Metrics::Counter& unreadable_;
};

}  // namespace shanhai::orders
