#pragma once

#include "orders/domain/payment.hpp"
#include "orders/store/notification_rows.hpp"
#include "simulator/memory_link.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace shanhai::simulator {

/// The payment provider's own books, which are right whatever happens to ours.
class Bank {
public:
    struct Payment {
        Fen amount;
        orders::ProviderState state = orders::ProviderState::pending;
        Instant paid{};
        std::set<std::string> refunds{};  ///< By number: each gave the whole amount back.
    };

    explicit Bank(const Clock& clock) : clock_{clock} {}

    /// A shopper at the bank's page: pays, or tries in vain. Both are told, later, and some things twice.
    void decide(Chance& chance, const Faults& faults);
    /// Takes notifications that are on their way, in any order.
    std::vector<orders::IncomingNotification> delivered(Chance& chance, std::size_t most);
    /// One that was not taken is sent again.
    void send_again(orders::IncomingNotification notification) { mail_.push_back(std::move(notification)); }

    std::map<std::string, Payment>& payments() { return payments_; }
    const std::map<std::string, Payment>& payments() const { return payments_; }
    orders::ProviderReport report_of(const std::string& attempt_number) const;
    Instant now() const { return clock_.now(); }
    bool anything_on_its_way() const { return !mail_.empty(); }

private:
    const Clock& clock_;
    std::map<std::string, Payment> payments_;
    std::vector<orders::IncomingNotification> mail_;
    int sent_ = 0;
};

/// The bank as one process reaches it.
class Teller final : public orders::PaymentProvider {
public:
    Teller(Bank& bank, Trouble& trouble) : bank_{bank}, trouble_{trouble} {}

    std::string_view name() const override { return "bank"; }
    Result<std::string> prepay(const orders::PrepayRequest& request) override;
    Result<orders::ProviderReport> query(const std::string& attempt_number) override;
    Result<orders::ProviderReport> close(const std::string& attempt_number) override;
    Result<Instant> refund(const std::string& refund_number, const std::string& attempt_number,
                           Fen amount) override;
    Result<orders::Notification> parse_notification(const orders::NotificationSignature& signature,
                                                    std::string_view body, Instant at) const override;

private:
    /// What the bank answers, if the call and its answer both arrive.
    template <class Work>
    auto call(Work work) -> decltype(work());

    Bank& bank_;
    Trouble& trouble_;
};

}  // namespace shanhai::simulator
