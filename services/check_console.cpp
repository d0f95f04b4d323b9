#include "check_console.hpp"

#include "audit/application/opening.hpp"
#include "audit/application/recomputer.hpp"
#include "chassis/security/secrets.hpp"
#include "chassis/service/service.hpp"
#include "orders/store/books_check.hpp"

#include <iostream>
#include <stdexcept>

namespace shanhai {
namespace {

/// A pool whose transactions see one moment.
database::PoolOptions reading(const config::Settings& settings, const std::string& service) {
    auto options = chassis::database_options(settings, security::Secrets{settings.secrets}, service);
    options.threads = 1;
    options.snapshot = true;
    return options;
}

std::size_t check_orders(const config::Settings& settings) {
    database::Pool pool{reading(settings, "orders")};
    const auto found = orders::check_books(pool);
    if (!found) throw std::runtime_error{"orders: " + found.error().message()};
    for (const auto& one : *found) std::cout << "orders " << one.rule << ": " << one.where << '\n';
    return found->size();
}

std::size_t check_ledger(const config::Settings& settings) {
    database::Pool pool{reading(settings, "audit")};
    const auto signer = audit::ledger_signer(settings, security::Secrets{settings.secrets});
    const auto found =
        pool.transact_blocking([&](database::Session& session) -> Result<audit::Recomputation> {
            return audit::recompute(session, std::nullopt, signer, [](std::uint64_t) {});
        });
    if (!found) throw std::runtime_error{"audit: " + found.error().message()};
    for (const auto& one : found->differences) {
        std::cout << "audit " << one.kind << ": " << one.where << ": " << one.detail << '\n';
    }
    std::cout << "ledger: " << found->entries << " entries below a signed root of " << found->checkpoint.size
              << '\n';
    return found->differences_total;
}

}  // namespace

int check_everything(const config::Settings& settings) {
    const auto differing = check_orders(settings) + check_ledger(settings);
    std::cout << (differing == 0 ? "all agrees" : std::to_string(differing) + " things do not agree") << '\n';
    return differing == 0 ? 0 : 1;
}

}  // namespace shanhai
