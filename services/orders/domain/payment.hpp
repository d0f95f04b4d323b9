#pragma once

#include "orders/domain/order.hpp"

#include <string>
#include <string_view>

namespace shanhai::orders {

/// The provider of sample orders, which are paid in the past.
inline constexpr std::string_view sample_provider = "sample";

/// A try to pay an order; an order may have many. It is committed as `created` before the provider
/// hears of it, so that no notification can name an attempt that we do not know.
enum class AttemptState { created, pending, success, failed, closed };

/// The number of an attempt, ours at the provider (out_trade_no): "PA" and 28 hex digits.
class AttemptNumber {
public:
    /// Fails with Failure::invalid.
    static Result<AttemptNumber> parse(std::string_view text);

    const std::string& text() const { return text_; }

private:
    explicit AttemptNumber(std::string_view text) : text_{text} {}

    std::string text_;
};

struct Attempt {
    AttemptId id{};
    std::string number;  ///< Ours at the provider (out_trade_no); unguessable, 30 characters.
    OrderId order{};
    std::string provider;
    Fen amount;
    AttemptState state = AttemptState::created;
    std::string pay_url;       ///< Where the shopper pays; empty until the provider has answered.
    bool quarantined = false;  ///< A report of it waits for a human; it keeps no order open.
};

/// What a provider says of an attempt, whether it called us, we asked, or we closed it.
enum class ProviderState { pending, success, failed, closed, unknown };

struct ProviderReport {
    std::string attempt_number;
    ProviderState state = ProviderState::unknown;
    std::string transaction_id;  ///< The provider's own number; with success only.
    Fen amount;                  ///< What was really paid; with success only.
    Instant paid{};              ///< With success only.
};

/// A verified notification. `id` is the provider's, the same in every repetition.
struct Notification {
    std::string id;
    ProviderReport report;
};

/// The headers that sign a notification, as received.
struct NotificationSignature {
    std::string_view timestamp;  ///< Unix seconds.
    std::string_view nonce;
    std::string_view signature;  ///< Base64.
};

struct PrepayRequest {
    std::string attempt_number;
    Fen amount;
    OrderId order{};
};

/// The other side of payments. Every call may take seconds, fail, or time out after it worked; all are safe
/// to repeat with the same numbers. Never called inside a database transaction.
class PaymentProvider {
public:
    virtual ~PaymentProvider() = default;
    virtual std::string_view name() const = 0;

    /// Announces an attempt and returns the address at which the shopper pays.
    virtual Result<std::string> prepay(const PrepayRequest& request) = 0;
    /// `unknown` when the provider never heard of the attempt.
    virtual Result<ProviderReport> query(const std::string& attempt_number) = 0;
    /// Makes sure that the attempt cannot be paid any more: `closed`, or `success` when it is too late.
    virtual Result<ProviderReport> close(const std::string& attempt_number) = 0;
    /// Gives the whole amount back; a repeated number gives it back once. The moment it happened.
    virtual Result<Instant> refund(const std::string& refund_number, const std::string& attempt_number,
                                   Fen amount) = 0;
    /// Checks the signature over the raw bytes and the timestamp against `at` (± 5 minutes), then reads.
    /// Fails with 401 `notification-forged` or 422 `notification-malformed`.
    virtual Result<Notification> parse_notification(const NotificationSignature& signature,
                                                    std::string_view body, Instant at) const = 0;
};

/// What a report means for us.
enum class Verdict {
    nothing,           ///< Heard before, or not final.
    pay,               ///< The order becomes PAID; its reservation becomes a deduction.
    reserve_again,     ///< Paid after expiry: reserve again and pay, or else refund.
    refund_twice,      ///< Another attempt has paid the order already.
    refund_cancelled,  ///< The order was cancelled; it stays so.
    quarantine,        ///< The amount is not ours: a human looks; nothing counts as paid.
    fail,              ///< The attempt failed; the order may try another.
    close,             ///< The attempt is closed.
    set_aside,         ///< What it needs is locked by others for long: nothing was done, ask again later.
};

/// Decides by the attempt's own state and its order's state, so that late news of an old attempt
/// can never cancel or pay a newer one's order.
Verdict judge(const ProviderReport& report, const Attempt& attempt, OrderState order);

inline constexpr std::string_view reason_paid_twice = "paid-twice";
inline constexpr std::string_view reason_paid_after_expiry = "paid-after-expiry";
inline constexpr std::string_view reason_paid_after_cancellation = "paid-after-cancellation";

}  // namespace shanhai::orders

template <>
struct shanhai::WireNames<shanhai::orders::AttemptState> {
    static constexpr std::array<std::string_view, 5> names{"CREATED", "PENDING", "SUCCESS", "FAILED",
                                                           "CLOSED"};
};
template <>
struct shanhai::WireNames<shanhai::orders::ProviderState> {
    static constexpr std::array<std::string_view, 5> names{"PENDING", "SUCCESS", "FAILED", "CLOSED",
                                                           "UNKNOWN"};
};
