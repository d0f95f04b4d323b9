#pragma once

#include "orders/domain/payment.hpp"

#include <boost/asio/awaitable.hpp>
#include <string>

namespace shanhai::orders {

/// What the sandbox's page shows.
struct SandboxBill {
    Fen amount;
    ProviderState state = ProviderState::pending;
};

/// A notification on its way from a provider to us.
struct SignedNotification {
    std::string timestamp;
    std::string nonce;
    std::string signature;
    std::string body;
};

/// The shopper's side of the sandbox provider.
class SandboxTeller {
public:
    virtual ~SandboxTeller() = default;
    /// Fails with 404 `attempt-unknown`.
    virtual boost::asio::awaitable<Result<SandboxBill>> bill(std::string attempt_number) = 0;
    /// Pays or declines, once: a second decision changes nothing and gives the first one's notification
    /// again. Fails with 404 `attempt-unknown`, 409 `attempt-closed`.
    virtual boost::asio::awaitable<Result<SignedNotification>> decide(std::string attempt_number,
                                                                      bool pay) = 0;
};

}  // namespace shanhai::orders
