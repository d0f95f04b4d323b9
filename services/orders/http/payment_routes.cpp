#include "orders/http/payment_routes.hpp"

#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "orders/http/order_json.hpp"

namespace shanhai::orders {

void PaymentRoutes::mount(http::Router& router) {
    router.on(http::Method::post, "/v1/orders/{order_number}/payments",
              [this](const http::Request& request) { return open(request); });
    router.on(http::Method::post, "/v1/payments/notifications/{provider}",
              [this](const http::Request& request) { return notified(request); });
}

boost::asio::awaitable<http::Response> PaymentRoutes::open(const http::Request& request) {
    const auto named = http::parsed_in_path<OrderNumber>(request, "order_number");
    if (!named) co_return http::respond_with(named.error());
    auto order_number = named->text();
    const auto allowed = access_.check(request, order_number);
    if (!allowed) co_return http::respond_with(allowed.error());
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    http::Fields fields{*body};
    auto provider = fields.text("provider", 1, 20);
    if (const auto error = fields.complaints()) co_return http::respond_with(*error);
    const auto attempt = co_await desk_.open_payment(std::move(order_number), std::move(provider));
    if (!attempt) co_return http::respond_with(attempt.error());
    co_return http::json_response(attempt_json(*attempt), 201);
}

boost::asio::awaitable<http::Response> PaymentRoutes::notified(const http::Request& request) {
    std::string provider{http::Parameters{request}.untyped("provider")};  // Looked up among those we have.
    SignedNotification notification;
    notification.timestamp = request.header("Shanhai-Timestamp");
    notification.nonce = request.header("Shanhai-Nonce");
    notification.signature = request.header("Shanhai-Signature");
    notification.body = request.body;
    return accept(std::move(provider), std::move(notification));
}

boost::asio::awaitable<http::Response> PaymentRoutes::accept(std::string provider,
                                                             SignedNotification incoming) {
    const auto* known = providers_.find(provider);
    if (known == nullptr) {
        const Error error{Failure::not_found, "provider-unknown", "there is no such payment provider"};
        co_return http::respond_with(error);
    }
    const NotificationSignature signature{incoming.timestamp, incoming.nonce, incoming.signature};
    auto notification = known->parse_notification(signature, incoming.body, clock_.now());
    if (!notification) co_return http::respond_with(notification.error());
    const auto stored =
        co_await desk_.accept(std::move(provider), std::move(*notification), std::move(incoming.body));
    if (!stored) co_return http::respond_with(stored.error());
    http::Response response;
    response.body = "{}";
    co_return response;
}

}  // namespace shanhai::orders
