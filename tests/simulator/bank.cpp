#include "simulator/bank.hpp"

namespace shanhai::simulator {

using orders::ProviderReport;
using orders::ProviderState;

namespace {

Error no_answer() { return {Failure::unavailable, "provider-unavailable", "the bank does not answer"}; }
Error not_paid() {
    return {Failure::conflict, "not-paid", "the bank gives back what was paid, and all of it"};
}

}  // namespace

void Bank::decide(Chance& chance, const Faults& faults) {
    std::vector<std::string> open;
    for (const auto& [number, payment] : payments_) {
        const bool over = payment.state == ProviderState::success || payment.state == ProviderState::closed;
        if (!over) open.push_back(number);
    }
    if (open.empty()) return;
    const auto& number = open[chance.below(open.size())];
    auto& payment = payments_.at(number);
    payment.state = chance.permille(700) ? ProviderState::success : ProviderState::failed;
    payment.paid = clock_.now();
    const orders::IncomingNotification told{"bank", {"N" + std::to_string(++sent_), report_of(number)}, "{}"};
    mail_.push_back(told);
    while (chance.permille(faults.repeated)) mail_.push_back(told);
}

std::vector<orders::IncomingNotification> Bank::delivered(Chance& chance, std::size_t most) {
    std::vector<orders::IncomingNotification> batch;
    while (batch.size() < most && !mail_.empty()) {
        const auto taken = mail_.begin() + static_cast<std::ptrdiff_t>(chance.below(mail_.size()));
        batch.push_back(std::move(*taken));
        mail_.erase(taken);
    }
    return batch;
}

ProviderReport Bank::report_of(const std::string& attempt_number) const {
    const auto found = payments_.find(attempt_number);
    if (found == payments_.end()) return {attempt_number, ProviderState::unknown, {}, {}, {}};
    const auto& payment = found->second;
    if (payment.state != ProviderState::success) return {attempt_number, payment.state, {}, {}, {}};
    return {attempt_number, payment.state, "TX" + attempt_number, payment.amount, payment.paid};
}

template <class Work>
auto Teller::call(Work work) -> decltype(work()) {
    if (trouble_.crashed || trouble_.strikes(trouble_.faults.provider_deaf)) return no_answer();
    auto answer = work();
    if (trouble_.strikes(trouble_.faults.provider_mute)) return no_answer();
    return answer;
}

Result<std::string> Teller::prepay(const orders::PrepayRequest& request) {
    return call([&]() -> Result<std::string> {
        bank_.payments().try_emplace(request.attempt_number, Bank::Payment{request.amount});
        return "http://bank.test/" + request.attempt_number;
    });
}

Result<ProviderReport> Teller::query(const std::string& attempt_number) {
    return call([&]() -> Result<ProviderReport> { return bank_.report_of(attempt_number); });
}

/// Closing also what it never heard of, so that it cannot be announced later.
Result<ProviderReport> Teller::close(const std::string& attempt_number) {
    return call([&]() -> Result<ProviderReport> {
        auto& payment = bank_.payments()[attempt_number];
        if (payment.state != ProviderState::success) payment.state = ProviderState::closed;
        return bank_.report_of(attempt_number);
    });
}

Result<Instant> Teller::refund(const std::string& refund_number, const std::string& attempt_number,
                               Fen amount) {
    return call([&]() -> Result<Instant> {
        auto& payment = bank_.payments().at(attempt_number);
        if (payment.state != ProviderState::success || amount != payment.amount) return not_paid();
        payment.refunds.insert(refund_number);
        return bank_.now();
    });
}

Result<orders::Notification> Teller::parse_notification(const orders::NotificationSignature& /*signature*/,
                                                        std::string_view /*body*/, Instant /*at*/) const {
    return Error{Failure::invalid, "notification-malformed", "the simulator hands reports over as they are"};
}

}  // namespace shanhai::simulator
