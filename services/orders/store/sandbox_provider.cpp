#include "orders/store/sandbox_provider.hpp"

#include "chassis/security/crypto.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

namespace shanhai::orders {
namespace {

namespace json = boost::json;

constexpr std::chrono::minutes skew_max{5};
constexpr std::string_view columns =
    "SELECT attempt_number, amount_fen, state, transaction_id, decided_at, notification_id FROM "
    "sandbox_payment "
    "WHERE attempt_number = ?";

struct Payment {
    ProviderReport report;
    std::string notification_id;
};

std::optional<Payment> find(database::Session& session, const std::string& attempt, std::string_view tail) {
    auto rows = session.query(std::string{columns} + std::string{tail}, attempt);
    if (!rows.next()) return std::nullopt;
    const auto state = from_wire_name<ProviderState>(rows.text(2)).value_or(ProviderState::unknown);
    return Payment{{rows.text(0), state, rows.optional_text(3).value_or(""), Fen{rows.integer(1)},
                    rows.optional_instant(4).value_or(Instant{})},
                   rows.optional_text(5).value_or("")};
}

Error attempt_unknown() { return {Failure::not_found, "attempt-unknown", "there is no such payment"}; }

std::string body_of(const Payment& payment) {
    json::object body;
    body["id"] = payment.notification_id;
    body["attempt_number"] = payment.report.attempt_number;
    body["state"] = std::string{wire_name(payment.report.state)};
    body["transaction_id"] = payment.report.transaction_id;
    body["amount_fen"] = payment.report.amount.count();
    body["paid_at"] = rfc3339(payment.report.paid);
    return json::serialize(body);
}

Result<Notification> read_body(std::string_view text) try {
    const auto body = json::parse(json::string_view{text.data(), text.size()});
    const auto member = [&](const char* name) { return std::string{body.at(name).as_string()}; };
    const auto state = from_wire_name<ProviderState>(member("state"));
    const auto paid = parse_rfc3339(member("paid_at"));
    if (!state || !paid) throw std::runtime_error{"an unknown state or moment"};
    const Fen amount{body.at("amount_fen").as_int64()};
    return Notification{member("id"),
                        {member("attempt_number"), *state, member("transaction_id"), amount, *paid}};
} catch (const std::exception&) {  // Boost.JSON throws several types, all for the sender's mistake.
    return Error{Failure::invalid, "notification-malformed", "this is not a notification"};
}

}  // namespace

Result<std::string> SandboxProvider::prepay(const PrepayRequest& request) {
    const auto stored = pool_.transact_blocking([&](database::Session& session) -> Result<Done> {
        session.execute(
            "INSERT INTO sandbox_payment (attempt_number, amount_fen, state) VALUES (?, ?, 'PENDING') "
            "ON DUPLICATE KEY UPDATE attempt_number = attempt_number",
            request.attempt_number, request.amount.count());
        return Done{};
    });
    if (!stored) return stored.error();
    return public_url_ + "/sandbox/pay/" + request.attempt_number;
}

Result<ProviderReport> SandboxProvider::query(const std::string& attempt_number) {
    return pool_.transact_blocking([&](database::Session& session) -> Result<ProviderReport> {
        const auto payment = find(session, attempt_number, "");
        if (payment) return payment->report;
        ProviderReport report;
        report.attempt_number = attempt_number;
        return report;
    });
}

Result<ProviderReport> SandboxProvider::close(const std::string& attempt_number) {
    return pool_.transact_blocking([&](database::Session& session) -> Result<ProviderReport> {
        // An attempt that we never heard of is closed as well, so that it cannot be announced later.
        session.execute(
            "INSERT INTO sandbox_payment (attempt_number, amount_fen, state) VALUES (?, 1, 'CLOSED') "
            "ON DUPLICATE KEY UPDATE state = IF(state = 'PENDING', 'CLOSED', state)",
            attempt_number);
        return find(session, attempt_number, " FOR UPDATE")->report;
    });
}

Result<Instant> SandboxProvider::refund(const std::string& refund_number, const std::string& attempt_number,
                                        Fen) {
    return pool_.transact_blocking([&](database::Session& session) -> Result<Instant> {
        const auto payment = find(session, attempt_number, " FOR UPDATE");
        if (!payment || payment->report.state != ProviderState::success) return attempt_unknown();
        session.execute(
            "UPDATE sandbox_payment SET refund_number = ?, refunded_at = ? WHERE attempt_number = ? "
            "AND refund_number IS NULL",
            refund_number, session.now(), attempt_number);
        auto rows =
            session.query("SELECT refunded_at FROM sandbox_payment WHERE attempt_number = ?", attempt_number);
        rows.next();
        return rows.instant(0);
    });
}

Result<Notification> SandboxProvider::parse_notification(const NotificationSignature& signed_with,
                                                         std::string_view body, Instant at) const {
    const Error forged{Failure::unauthenticated, "notification-forged",
                       "the signature is not the provider's"};
    std::int64_t seconds = 0;
    const auto stamp = signed_with.timestamp;
    const auto [end, error] = std::from_chars(stamp.data(), stamp.data() + stamp.size(), seconds);
    if (error != std::errc{} || end != stamp.data() + stamp.size()) return forged;
    const auto expected = signature(stamp, signed_with.nonce, body);
    if (!security::equal_in_constant_time(expected, signed_with.signature)) return forged;
    if (std::chrono::abs(at - Instant{std::chrono::seconds{seconds}}) > skew_max) return forged;
    return read_body(body);
}

boost::asio::awaitable<Result<SandboxBill>> SandboxProvider::bill(std::string attempt_number) {
    const auto work = [attempt_number](database::Session& session) -> Result<SandboxBill> {
        const auto payment = find(session, attempt_number, "");
        if (!payment) return attempt_unknown();
        return SandboxBill{payment->report.amount, payment->report.state};
    };
    co_return co_await pool_.transact(work);
}

boost::asio::awaitable<Result<SignedNotification>> SandboxProvider::decide(std::string attempt_number,
                                                                           bool pay) {
    const auto notification_id = "SN" + security::hex(security::random_bytes(15));
    const auto transaction_id = "SB" + security::hex(security::random_bytes(15));
    const auto work = [attempt_number, pay, notification_id,
                       transaction_id](database::Session& session) -> Result<std::string> {
        session.execute(
            "UPDATE sandbox_payment SET state = ?, transaction_id = ?, notification_id = ?, decided_at = ? "
            "WHERE attempt_number = ? AND state = 'PENDING'",
            pay ? "SUCCESS" : "FAILED", pay ? transaction_id : "", notification_id, session.now(),
            attempt_number);
        const auto payment = find(session, attempt_number, "");
        if (!payment) return attempt_unknown();
        if (payment->report.state == ProviderState::closed) {
            return Error{Failure::conflict, "attempt-closed", "this payment was closed"};
        }
        return body_of(*payment);
    };
    auto body = co_await pool_.transact(work);
    if (!body) co_return body.error();
    co_return sign(std::move(*body), pool_.clock().now());
}

SignedNotification SandboxProvider::sign(std::string body, Instant at) const {
    SignedNotification notification;
    notification.timestamp =
        std::to_string(std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
    notification.nonce = security::hex(security::random_bytes(16));
    notification.signature = signature(notification.timestamp, notification.nonce, body);
    notification.body = std::move(body);
    return notification;
}

/// HMAC-SHA-256 over "timestamp\nnonce\nbody\n", as WeChat Pay lays out what it signs.
std::string SandboxProvider::signature(std::string_view timestamp, std::string_view nonce,
                                       std::string_view body) const {
    std::string text{timestamp};
    for (const auto part : {nonce, body}) {
        text += '\n';
        text += part;
    }
    return security::base64(security::hmac_sha256(key_, text + '\n'));
}

}  // namespace shanhai::orders
