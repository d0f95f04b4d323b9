#pragma once

#include "chassis/http/router.hpp"
#include "orders/domain/providers.hpp"
#include "orders/domain/sandbox.hpp"
#include "orders/http/access.hpp"
#include "vocabulary/clock.hpp"

namespace shanhai::orders {

/// POST /v1/orders/{order_number}/payments and POST /v1/payments/notifications/{provider}.
class PaymentRoutes {
public:
    PaymentRoutes(OrderDesk& desk, const Providers& providers, const OrderAccess& access, const Clock& clock)
        : desk_{desk}, providers_{providers}, access_{access}, clock_{clock} {}

    void mount(http::Router& router);

    /// Verifies a notification over its raw bytes, stores it, and answers as its provider expects.
    boost::asio::awaitable<http::Response> accept(std::string provider, SignedNotification notification);

private:
    boost::asio::awaitable<http::Response> open(const http::Request& request);
    boost::asio::awaitable<http::Response> notified(const http::Request& request);

    OrderDesk& desk_;
    const Providers& providers_;
    const OrderAccess& access_;
    const Clock& clock_;
};

/// GET and POST /sandbox/pay/{attempt_number}: the page of the sandbox provider.
class SandboxRoutes {
public:
    SandboxRoutes(SandboxTeller& teller, PaymentRoutes& payments, OrderDesk& desk)
        : teller_{teller}, payments_{payments}, desk_{desk} {}

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> show(const http::Request& request);
    boost::asio::awaitable<http::Response> decide(const http::Request& request);

    SandboxTeller& teller_;
    PaymentRoutes& payments_;
    OrderDesk& desk_;
};

}  // namespace shanhai::orders
