#include "orders/application/batching_desk.hpp"

#include "chassis/observe/metrics.hpp"
#include "chassis/security/crypto.hpp"
#include "orders/application/reports.hpp"
#include "orders/store/attempt_rows.hpp"
#include "orders/store/order_rows.hpp"
#include "orders/store/receipt_rows.hpp"
#include "orders/store/refund_rows.hpp"
#include "orders/store/stock_views.hpp"
#include "orders/store/vault_rows.hpp"

namespace shanhai::orders {
namespace {

/// Calls to providers are few at a time and may be slow: more threads, smaller batches.
constexpr batch::BatcherOptions remote(const char* name) { return {name, 32, 1024, 2}; }

Result<OrderView> view_of(database::Session& session, const Vault& vault, const std::string& order_number) {
    const auto ids = order_ids(session, {order_number});
    if (ids.empty()) return order_unknown();
    const auto id = ids.begin()->second;
    OrderView view;
    view.order = load_orders(session, {id}, Locking::none).at(id);
    view.attempts = load_attempts_of(session, {id});
    view.refunds = refunds_of(session, id);
    const auto stored = load_receiver(session, id);
    if (!stored) return view;  // Erased: there is nothing left to mask.
    const auto receiver = vault.open(id, stored->wrapped_key, stored->sealed);
    if (!receiver) return view;
    view.receiver_name = masked_name(receiver->name);
    view.receiver_phone = masked_phone(receiver->phone);
    view.receiver_address = masked_address(receiver->address);
    return view;
}

/// The lots of these SKUs, in one query.
std::vector<Result<std::vector<LotLevel>>> levels_of(database::Pool& pool, std::span<SkuId> skus) {
    using Levels = std::map<SkuId, std::vector<LotLevel>>;
    const auto found = pool.transact_blocking(
        [skus](database::Session& session) -> Result<Levels> { return load_levels(session, skus); });
    if (!found) return batch::answer_all<std::vector<LotLevel>>(skus.size(), found.error());
    std::vector<Result<std::vector<LotLevel>>> answers;
    for (const auto sku : skus) {
        const auto levels = found->find(sku);
        answers.push_back(levels == found->end() ? std::vector<LotLevel>{} : levels->second);
    }
    return answers;
}

/// One after the other: there are few.
template <class Command, class Work>
auto one_by_one(std::span<Command> commands, Work work) {
    std::vector<decltype(work(commands.front()))> answers;
    for (const auto& command : commands) answers.push_back(work(command));
    return answers;
}

/// How orders end, by outcome: "placed", "replayed", or the code of the refusal.
void count(const std::vector<Result<Placed>>& answers) {
    std::map<std::string, double> outcomes;
    for (const auto& answer : answers) {
        outcomes[answer ? (answer->replayed ? "replayed" : "placed") : answer.error().code()] += 1;
    }
    for (const auto& [outcome, times] : outcomes) {
        observe::Metrics::process()
            .counter("shanhai_orders_total", "Orders asked for, by outcome", {{"outcome", outcome}})
            .add(times);
    }
}

struct SamplePayment {
    OrderId order{};
    Instant paid{};
};

/// Makes an attempt of the provider "sample" for each order. Its numbers follow from the order's, so that
/// paying a sample twice is paying it once.
Result<std::vector<ProviderReport>> open_samples(const Books& books,
                                                 const std::vector<SamplePayment>& payments) {
    const auto first = books.row_numbers.take(payments.size());
    if (!first) return first.error();
    return books.pool.transact_blocking(
        [&](database::Session& session) -> Result<std::vector<ProviderReport>> {
            std::vector<ProviderReport> reports;
            std::vector<OrderId> ids;
            for (const auto& payment : payments) ids.push_back(payment.order);
            const auto orders = load_orders(session, ids, Locking::for_update);
            std::vector<NewAttempt> attempts;
            for (std::size_t i = 0; i < payments.size(); ++i) {
                const auto& order = orders.at(payments[i].order);
                const auto digest = security::hex(security::sha256("sample " + order.number)).substr(0, 28);
                const Attempt attempt{
                    AttemptId{*first + i}, "PA" + digest,         order.id, std::string{sample_provider},
                    order.total,           AttemptState::pending, {}};
                attempts.push_back({attempt, payments[i].paid});
                reports.push_back(
                    {"PA" + digest, ProviderState::success, "SM" + digest, order.total, payments[i].paid});
            }
            insert_attempts(session, attempts);
            return reports;
        });
}

Result<Done> pay_samples(const Books& books, const std::vector<SamplePayment>& payments) {
    if (payments.empty()) return Done{};
    const auto reports = open_samples(books, payments);
    if (!reports) return reports.error();
    const auto settled = apply_reports(books, *reports);
    if (!settled) return settled.error();
    return Done{};
}

}  // namespace

BatchingDesk::BatchingDesk(const Books& books, const Providers& providers, std::function<void()> notified,
                           Limits limits)
    : books_{books},
      writer_{books},
      payments_{books, providers},
      closing_{books, providers},
      notifications_{books},
      receiving_{books},
      notified_{std::move(notified)},
      orders_{{"orders", limits.orders_at_once, 4096, limits.order_threads},
              [this](std::span<PlaceCommand> commands) {
                  auto answers = writer_.place(commands);
                  count(answers);
                  return answers;
              }},
      openings_{remote("payments"),
                [this](std::span<OpenPayment> requests) { return payments_.open(requests); }},
      cancellations_{remote("cancellations"),
                     [this](std::span<std::string> numbers) { return closing_.cancel(numbers); }},
      incoming_{{"notifications", 256, 4096, 1},
                [this](std::span<IncomingNotification> incoming) {
                    auto answers = notifications_.store(incoming);
                    notified_();
                    return answers;
                }},
      samples_{{"samples", 1, 64, 1}, [this](std::span<Samples> samples) { return place_and_pay(samples); }},
      receipts_{{"receipts", 256, 1024, 1},
                [this](std::span<ReceiveCommand> commands) { return receiving_.receive(commands); }},
      tables_{{"stock-tables", 1, 8, 1},
              [this](std::span<ReceiptTable> tables) {
                  return one_by_one(tables, [this](const auto& one) { return receiving_.take(one); });
              }},
      proposals_{{"corrections", 1, 256, 1},
                 [this](std::span<ProposeCorrection> commands) {
                     return one_by_one(commands, [this](const auto& one) { return receiving_.propose(one); });
                 }},
      confirmations_{{"confirmations", 1, 256, 1},
                     [this](std::span<ConfirmCorrection> commands) {
                         return one_by_one(commands,
                                           [this](const auto& one) { return receiving_.confirm(one); });
                     }},
      levels_{{"stock", 256, 4096, 1},
              [this](std::span<SkuId> skus) { return levels_of(books_.pool, skus); }} {}

void BatchingDesk::stop() {
    orders_.stop();
    openings_.stop();
    cancellations_.stop();
    incoming_.stop();
    samples_.stop();
    receipts_.stop();
    tables_.stop();
    proposals_.stop();
    confirmations_.stop();
    levels_.stop();
}

OrderDesk::Answer<Placed> BatchingDesk::place(PlaceCommand command) {
    return orders_.submit(std::move(command));
}

OrderDesk::Answer<OrderView> BatchingDesk::find(std::string order_number) {
    return books_.pool.transact([this, order_number = std::move(order_number)](database::Session& session) {
        return view_of(session, books_.vault, order_number);
    });
}

OrderDesk::Answer<Attempt> BatchingDesk::open_payment(std::string order_number, std::string provider) {
    return openings_.submit(OpenPayment{std::move(order_number), std::move(provider)});
}

OrderDesk::Answer<std::string> BatchingDesk::order_of(std::string attempt_number) {
    return books_.pool.transact(
        [attempt_number = std::move(attempt_number)](database::Session& session) -> Result<std::string> {
            if (auto order = order_number_of(session, attempt_number)) return *std::move(order);
            return Error{Failure::not_found, "attempt-unknown", "there is no such payment"};
        });
}

OrderDesk::Answer<Done> BatchingDesk::cancel(std::string order_number) {
    return cancellations_.submit(std::move(order_number));
}

OrderDesk::Answer<Done> BatchingDesk::accept(std::string provider, Notification notification,
                                             std::string body) {
    return incoming_.submit(
        IncomingNotification{std::move(provider), std::move(notification), std::move(body)});
}

OrderDesk::Answer<std::vector<Result<Placed>>> BatchingDesk::place_samples(std::vector<SampleOrder> samples) {
    return samples_.submit(std::move(samples));
}

OrderDesk::Answer<Received> BatchingDesk::receive(ReceiveCommand command) {
    return receipts_.submit(std::move(command));
}

OrderDesk::Answer<ImportReport> BatchingDesk::take(ReceiptTable table) {
    return tables_.submit(std::move(table));
}

OrderDesk::Answer<std::vector<ReceiptRecord>> BatchingDesk::receipts(std::optional<Instant> from,
                                                                     std::uint64_t after, std::size_t count) {
    return books_.pool.transact(
        [from, after, count](database::Session& session) -> Result<std::vector<ReceiptRecord>> {
            return list_receipts(session, from, after, count);
        });
}

OrderDesk::Answer<Correction> BatchingDesk::propose(ProposeCorrection command) {
    return proposals_.submit(std::move(command));
}

OrderDesk::Answer<Correction> BatchingDesk::confirm(ConfirmCorrection command) {
    return confirmations_.submit(std::move(command));
}

OrderDesk::Answer<std::vector<LotLevel>> BatchingDesk::stock(SkuId sku) { return levels_.submit(sku); }

OrderDesk::Answer<std::vector<JournalEntry>> BatchingDesk::journal(SkuId sku, std::uint64_t before,
                                                                   std::size_t limit) {
    return books_.pool.transact(
        [sku, before, limit](database::Session& session) -> Result<std::vector<JournalEntry>> {
            return load_journal(session, sku, before, limit);
        });
}

/// Whole requests are placed one after the other: each is a batch already.
std::vector<Result<BatchingDesk::SampleAnswers>> BatchingDesk::place_and_pay(std::span<Samples> samples) {
    std::vector<Result<SampleAnswers>> answers;
    for (auto& one : samples) {
        std::vector<PlaceCommand> commands;
        for (const auto& sample : one) commands.push_back(sample.command);
        auto placed = writer_.place(commands);
        std::vector<SamplePayment> payments;
        for (std::size_t i = 0; i < one.size(); ++i) {
            if (placed[i]) payments.push_back({placed[i]->order.id, one[i].paid});
        }
        const auto paid = pay_samples(books_, payments);
        answers.push_back(paid ? Result<SampleAnswers>{std::move(placed)}
                               : Result<SampleAnswers>{paid.error()});
    }
    return answers;
}

}  // namespace shanhai::orders
