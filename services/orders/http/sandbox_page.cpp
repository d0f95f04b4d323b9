#include "chassis/http/for_people.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "orders/http/payment_routes.hpp"

#include <boost/json/object.hpp>

namespace shanhai::orders {
namespace {

constexpr std::string_view page_head =
    R"html(<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>模拟支付 / Sandbox payment</title>
<style>
:root { color-scheme: light dark; }
body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 26rem; margin: 0 auto; padding: 1.5rem 1rem; }
.amount { font-size: 2.5rem; font-weight: 700; margin: .5rem 0 1.5rem; }
button { font: inherit; width: 100%; min-height: 3rem; margin-top: .75rem; border-radius: .5rem;
         border: 2px solid #14532d; background: #166534; color: #fff; cursor: pointer; }
button.decline { background: transparent; color: inherit; border-color: currentColor; }
button:focus-visible { outline: 3px solid #2563eb; outline-offset: 2px; }
</style>
</head>
<body>
<main>
<h1>模拟支付 <span lang="en">/ Sandbox payment</span></h1>
)html";

constexpr std::string_view form =
    R"html(<form method="post">
<button name="decision" value="pay">支付 <span lang="en">/ Pay</span></button>
<button name="decision" value="decline" class="decline">放弃 <span lang="en">/ Decline</span></button>
</form>
<p>这里不会动用真实资金。<span lang="en">No real money is moved here.</span></p>
)html";

/// The order's page, with what was decided behind the "#", where no server and no log sees it: the first
/// decision counts, whatever is pressed later.
std::string way_back(const std::string& order_number, ProviderState state) {
    const auto* const decided = state == ProviderState::success  ? "#paid"
                                : state == ProviderState::failed ? "#declined"
                                                                 : "";
    return "/o/" + order_number + decided;
}

/// Whoever comes here again, by «back» or by an old link, finds the way to what became of it.
std::string finished(const std::string& address) {
    return "<p role=\"status\">这笔支付已经结束。<span lang=\"en\">This payment is over.</span></p>\n"
           "<p><a href=\"" +
           address +
           "\">查看订单 <span lang=\"en\">/ See the order</span></a></p>\n"
           "<p><a href=\"/\">去逛逛 <span lang=\"en\">/ To the shop</span></a></p>\n";
}

http::Response led_to(std::string address) {
    http::Response response;
    response.status = 303;
    response.content_type = "text/plain; charset=utf-8";
    response.headers.emplace_back("Location", std::move(address));
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    return response;
}

constexpr std::string_view page_tail = "</main>\n</body>\n</html>\n";

http::Response page(const SandboxBill& bill, const std::string& order_number) {
    http::Response response;
    response.content_type = "text/html; charset=utf-8";
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'");
    response.body = page_head;
    response.body += "<p class=\"amount\">¥ " + yuan_text(bill.amount) + "</p>\n";
    response.body += bill.state == ProviderState::pending ? std::string{form}
                                                          : finished(way_back(order_number, bill.state));
    response.body += page_tail;
    return response;
}

}  // namespace

void SandboxRoutes::mount(http::Router& router) {
    router.on(http::Method::get, "/sandbox/pay/{attempt_number}",
              [this](const http::Request& request) { return show(request); });
    router.on(http::Method::post, "/sandbox/pay/{attempt_number}",
              [this](const http::Request& request) { return decide(request); });
}

boost::asio::awaitable<http::Response> SandboxRoutes::show(const http::Request& request) {
    const auto number = http::parsed_in_path<AttemptNumber>(request, "attempt_number");
    if (!number) co_return http::respond_with(number.error());
    const auto bill = co_await teller_.bill(number->text());
    if (!bill) co_return http::respond_with(bill.error());
    const auto order_number = co_await desk_.order_of(number->text());
    if (!order_number) co_return http::respond_with(order_number.error());
    co_return page(*bill, *order_number);
}

/// Plays the provider's part: books the decision, notifies us, and sends the shopper back to the order. When
/// the notification is not accepted the shopper goes back all the same: we shall ask the provider ourselves.
/// The way back holds no key: whoever pays for somebody else (代付) sees nothing of the order, only a page
/// that thanks them by what stands behind the "#"; the buyer's own browser has the key.
boost::asio::awaitable<http::Response> SandboxRoutes::decide(const http::Request& request) {
    const auto number = http::parsed_in_path<AttemptNumber>(request, "attempt_number");
    if (!number) co_return http::respond_with(number.error());
    auto attempt_number = number->text();
    const bool pay = request.body == "decision=pay";
    if (!pay && request.body != "decision=decline") {
        co_return http::respond_with(invalid_field("/decision", "is pay or decline"));
    }
    auto notification = co_await teller_.decide(attempt_number, pay);
    if (!notification && notification.error().kind() == Failure::conflict && http::asks_a_person(request)) {
        co_return led_to("/sandbox/pay/" + attempt_number);  // Which says that it is over, and leads on.
    }
    if (!notification) co_return http::respond_with(notification.error());
    const auto accepted = co_await payments_.accept("sandbox", std::move(*notification));
    const auto order_number = co_await desk_.order_of(attempt_number);
    if (!order_number) co_return http::respond_with(order_number.error());
    const bool notified = accepted.status == 200;
    if (request.header("Accept") == "application/json") {
        boost::json::object decided;
        decided["order_number"] = *order_number;
        decided["notified"] = notified;
        co_return http::json_response(decided);
    }
    const auto bill = co_await teller_.bill(std::move(attempt_number));
    if (!bill) co_return http::respond_with(bill.error());
    auto response = led_to(way_back(*order_number, bill->state));
    if (!notified) response.headers.emplace_back("Shanhai-Notification", "pending");
    co_return response;
}

}  // namespace shanhai::orders
