#include "orders/http/order_routes.hpp"

#include "chassis/http/idempotency.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "orders/http/client_network.hpp"
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

/// Who cancels, and why: the staff has to say so, a buyer may.
Result<StaffAction> cancellation_by(const http::Request& request) {
    StaffAction action;
    action.what = "CANCEL";
    if (request.principal) {
        action.account = request.principal->account;
        action.name = request.principal->name;
    }
    if (request.body.empty() && !request.principal) return action;
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    action.reason = request.principal ? fields.text("reason", 1, 200)
                                      : fields.optional_text("reason", 1, 200).value_or("");
    if (auto error = fields.complaints()) return *error;
    return action;
}

http::Response placed_response(const Placed& placed, const std::string& access_token) {
    http::Response response;
    response.status = 201;
    response.body = placed_json(placed.order, access_token);
    response.headers.emplace_back("Location", "/v1/orders/" + placed.order.number);
    response.headers.emplace_back("Cache-Control", "no-store");  // It holds the order's key.
    if (placed.replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
    return response;
}

}  // namespace

OrderRoutes::Rules OrderRoutes::Rules::of(const config::Settings& settings, const security::Secrets& secrets,
                                          std::function<std::chrono::milliseconds()> catalogue_age) {
    Rules rules;
    rules.attribution_key = secrets.key("attribution");
    if (secrets.exists("attribution_previous")) {
        rules.previous_attribution_key = secrets.key("attribution_previous");
    }
    rules.catalogue_age_max = std::chrono::seconds{settings.catalogue_age_max_seconds};
    rules.catalogue_age = std::move(catalogue_age);
    return rules;
}

OrderRoutes::OrderRoutes(OrderDesk& desk, const Published<OfferBook>& offers, const OrderAccess& access,
                         StaffActions& actions, const Clock& clock, Rules rules)
    : desk_{desk},
      offers_{offers},
      access_{access},
      actions_{actions},
      clock_{clock},
      rules_{std::move(rules)},
      unreadable_{
          observe::Metrics::process().counter("shanhai_orders_attribution_unreadable_total",
                                              "Orders with an attribution that we did not give out")} {
    for (const auto& key : {rules_.attribution_key, rules_.previous_attribution_key}) {
        if (!key.empty()) attributions_.emplace_back(key, "attribution", attribution_mac_bytes);
    }
}

void OrderRoutes::mount(http::Router& router) {
    router.on(http::Method::post, "/v1/orders",
              [this](const http::Request& request) { return place(request); });
    router.on(http::Method::get, "/v1/orders/{order_number}",
              [this](const http::Request& request) { return show(request); });
    router.on(http::Method::post, "/v1/orders/{order_number}/cancel",
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
    std::string order_number{named->text()};
    const auto allowed = access_.check(request, order_number);
    if (!allowed) co_return http::respond_with(allowed.error());
    co_return co_await show_now(std::move(order_number), request.principal.has_value());
}

/// The order as it is now; to the staff with its channel and what the staff did.
boost::asio::awaitable<http::Response> OrderRoutes::show_now(std::string order_number, bool to_staff) {
    const auto view = co_await desk_.find(order_number);
    if (!view) co_return http::respond_with(view.error());
    auto body = view_json(*view, *offers_.get());
    if (to_staff) {
        const auto history = co_await actions_.of(std::move(order_number));
        if (!history) co_return http::respond_with(history.error());
        body["history"] = history_json(*history);
        body["channel"] = wire_name(view->order.channel);
    }
    auto response = http::json_response(body);
    response.headers.emplace_back("Cache-Control", "no-store");
    co_return response;
}

boost::asio::awaitable<http::Response> OrderRoutes::cancel(const http::Request& request) {
    const auto named = http::parsed_in_path<OrderNumber>(request, "order_number");
    if (!named) co_return http::respond_with(named.error());
    std::string order_number{named->text()};
    const auto allowed = access_.check(request, order_number);
    if (!allowed) co_return http::respond_with(allowed.error());
    auto action = cancellation_by(request);
    if (!action) co_return http::respond_with(action.error());

    std::uint64_t number = 0;
    if (request.principal) {
        const auto begun = co_await actions_.begin(order_number, std::move(*action));
        if (!begun) co_return http::respond_with(begun.error());
        number = *begun;
    }
    const auto cancelled = co_await desk_.cancel(order_number);
    if (!cancelled) co_return http::respond_with(cancelled.error());
    if (number != 0) {
        const auto done = co_await actions_.finish(number);
        if (!done) co_return http::respond_with(done.error());
    }
    co_return co_await show_now(std::move(order_number), request.principal.has_value());
}

Result<PlaceCommand> OrderRoutes::read_command(const http::Request& request) const {
    const auto key_given = http::idempotency_key(request.header("Idempotency-Key"));
    if (!key_given) return key_given.error();
    const auto body = http::read_json(request);
    if (!body) return body.error();
    const auto order = read_order(*body);
    if (!order) return order.error();
    auto key = request_key(request, access_.guest_of(order->receiver.phone), canonical_text(*order));
    if (!key) return key.error();
    return PlaceCommand{std::move(*key), check(*order, read_attribution(*order)), std::nullopt,
                        client_network(request.remote_address)};
}

Result<OrderDraft> OrderRoutes::check(const OrderRequest& request,
                                      const std::optional<Attribution>& attribution) const {
    if (rules_.catalogue_age() > rules_.catalogue_age_max) {
        Error error{Failure::unavailable, "catalogue-stale",
                    "the catalogue cannot be reached; try again soon"};
        return error.retry_after(stale_retry);
    }
    return draft(request, *offers_.get(), attribution, clock_.now());
}

/// Nothing for a token that we did not give out, or not with a key that is still accepted: the shopper may
/// have it from an old link or a torn one, and buys all the same.
std::optional<Attribution> OrderRoutes::read_attribution(const OrderRequest& request) const {
    if (!request.attribution || request.attribution->empty()) return std::nullopt;
    for (const auto& key : attributions_) {
        const auto payload = key.read(*request.attribution);
        if (!payload || payload->size() != attribution_bytes) continue;
        const std::string_view bytes{*payload};
        const auto seconds = static_cast<std::int64_t>(big_endian(bytes.substr(8)));
        return Attribution{PlacementId{big_endian(bytes.substr(0, 8))},
                           Instant{std::chrono::seconds{seconds}}};
    }
    unreadable_.add();
    return std::nullopt;
}

}  // namespace shanhai::orders
