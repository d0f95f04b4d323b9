#include "orders/application/stranded_payments.hpp"

#include "chassis/observe/log.hpp"
#include "orders/application/quarantine.hpp"

namespace shanhai::orders {
namespace {

constexpr std::chrono::minutes pause{1};

}  // namespace

void StrandedPayments::look() {
    const auto at = books_.clock().steady();
    if (at < look_again_) return;
    auto names = providers_.names();
    names.emplace_back(sample_provider);
    const auto found = Quarantine{books_.pool, books_.publish}.stranded(names);
    if (!found) return;
    look_again_ = at + pause;
    if (count_.exchange(found->size()) == found->size() || found->empty()) return;
    observe::log_error("payments-stranded",
                       std::to_string(found->size()) +
                           " payments are open at providers that are not used any more, " +
                           found->front().provider + " for one: see shanhai payments stranded");
}

}  // namespace shanhai::orders
