#pragma once

#include "chassis/database/pool.hpp"
#include "orders/domain/payment.hpp"
#include "orders/domain/sandbox.hpp"

#include <string>

namespace shanhai::orders {

/// A payment provider that lives in this process, for development, tests and demonstrations: it keeps its own
/// books (tables sandbox_…), shows a page on which to pay, and notifies with real signatures. The code on our
/// side of it is the code that runs with a real one.
class SandboxProvider final : public PaymentProvider, public SandboxTeller {
public:
    /// `public_url` begins the address of the page; `key` signs notifications.
    SandboxProvider(database::Pool& pool, std::string public_url, std::string key)
        : pool_{pool}, public_url_{std::move(public_url)}, key_{std::move(key)} {}

    std::string_view name() const override { return "sandbox"; }
    Result<std::string> prepay(const PrepayRequest& request) override;
    Result<ProviderReport> query(const std::string& attempt_number) override;
    Result<ProviderReport> close(const std::string& attempt_number) override;
    Result<Instant> refund(const std::string& refund_number, const std::string& attempt_number,
                           Fen amount) override;
    Result<Notification> parse_notification(const NotificationSignature& signature, std::string_view body,
                                            Instant at) const override;

    boost::asio::awaitable<Result<SandboxBill>> bill(std::string attempt_number) override;
    boost::asio::awaitable<Result<SignedNotification>> decide(std::string attempt_number, bool pay) override;

    /// A notification as this provider signs it; for tests too.
    SignedNotification sign(std::string body, Instant at) const;

private:
    std::string signature(std::string_view timestamp, std::string_view nonce, std::string_view body) const;

    database::Pool& pool_;
    std::string public_url_;
    std::string key_;
};

}  // namespace shanhai::orders
