#include "orders/http/order_routes.hpp"

#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "orders/http/order_json.hpp"

namespace shanhai::orders {
namespace {

constexpr std::size_t attribution_mac_bytes = 10;
constexpr std::size_t attribution_bytes = 12;  // Placement id (8, big-endian), Unix seconds (4, big-endian).
constexpr std::chrono::seconds stale_retry{10};

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) value = value << 8U | static_cast<unsigned char>(byte);
    return value;
}

http::Response placed_response(const Placed& placed, const std::string& access_token) {
    http::Response response;
    response.status = 201;
    response.body = placed_json(placed.order, access_token);
    response.headers.emplace_back("Location", "/v1/orders/" + placed.order.number);
    if (placed.replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
    return response;
}

}  // namespace

OrderRoutes::OrderRoutes(OrderDesk& desk, const Published<OfferBook>& offers, const OrderAccess& access,
                         const security::TokenVerifier& verifier, Rules rules)
    : desk_{desk},
      offers_{offers},
      access_{access},
      verifier_{verifier},
      rules_{std::move(rules)},
      attributions_{rules_.attribution_key, "attribution", attribution_mac_bytes} {}

void OrderRoutes::mount(http::Router& router) {
    router.on(http::Method::post, "/v1/orders",
              [this](const http::Request& request) { return place(request); });
    router.on(http::Method::get, "/v1/orders/{order_number}{?access_token}",
              [this](const http::Request& request) { return show(request); });
    router.on(http::Method::post, "/v1/orders/{order_number}/cancel{?access_token}",
              [this](const http::Request& request) { return cancel(request); });
}

boost::asio::awaitable<http::Response> OrderRoutes::place(const http::Request& request) {
    auto command = read_command(request);
    if (!command) co_return http::respond_with(command.error());
    const auto placed = co_await desk_.place(std::move(*command));
    if (!placed) co_return http::respond_with(placed.error());
    co_return placed_response(*placed, access_.token_of(placed->order.number));
}

boost::asio::awaitable<http::Response> OrderRoutes::show(const http::Request& request) {
    const auto named = http::parsed_in_path<OrderNumber>(request, "order_number");
    if (!named) co_return http::respond_with(named.error());
    const auto& order_number = named->text();
    const auto allowed = access_.check(request, order_number);
    if (!allowed) co_return http::respond_with(allowed.error());
    const auto view = co_await desk_.find(order_number);
    if (!view) co_return http::respond_with(view.error());
    auto response = http::json_response(200, view_json(*view, access_.token_of(order_number)));
    response.headers.emplace_back("Cache-Control", "no-store");
    co_return response;
}

boost::asio::awaitable<http::Response> OrderRoutes::cancel(const http::Request& request) {
    const auto named = http::parsed_in_path<OrderNumber>(request, "order_number");
    if (!named) co_return http::respond_with(named.error());
    const auto& order_number = named->text();
    const auto allowed = access_.check(request, order_number);
    if (!allowed) co_return http::respond_with(allowed.error());
    const auto cancelled = co_await desk_.cancel(order_number);
    if (!cancelled) co_return http::respond_with(cancelled.error());
    const auto view = co_await desk_.find(order_number);
    if (!view) co_return http::respond_with(view.error());
    co_return http::json_response(200, view_json(*view, access_.token_of(order_number)));
}

Result<PlaceCommand> OrderRoutes::read_command(const http::Request& request) const {
    const auto key_given = idempotency_key(request.header("Idempotency-Key"));
    if (!key_given) return key_given.error();
    const auto body = http::read_json(request);
    if (!body) return body.error();
    const auto order = read_order(*body);
    if (!order) return order.error();
    auto key = request_key(request, verifier_, canonical_text(*order));
    if (!key) return key.error();
    const auto attribution = read_attribution(*order);
    if (!attribution) return attribution.error();
    return PlaceCommand{std::move(*key), check(*order, *attribution), std::nullopt};
}

Result<OrderDraft> OrderRoutes::check(const OrderRequest& request,
                                      const std::optional<Attribution>& attribution) const {
    if (rules_.catalogue_age() > rules_.catalogue_age_max) {
        Error error{Failure::unavailable, "catalogue-stale",
                    "the catalogue cannot be reached; try again soon"};
        return error.retry_after(stale_retry);
    }
    return draft(request, *offers_.get(), attribution, now());
}

Result<std::optional<Attribution>> OrderRoutes::read_attribution(const OrderRequest& request) const {
    if (!request.attribution) return std::optional<Attribution>{};
    const auto payload = attributions_.read(*request.attribution);
    if (!payload || payload->size() != attribution_bytes) {
        return invalid_field("/attribution", "is not a token that we gave out");
    }
    const std::string_view bytes{*payload};
    const auto seconds = static_cast<std::int64_t>(big_endian(bytes.substr(8)));
    return std::optional{
        Attribution{PlacementId{big_endian(bytes.substr(0, 8))}, Instant{std::chrono::seconds{seconds}}}};
}

}  // namespace shanhai::orders
