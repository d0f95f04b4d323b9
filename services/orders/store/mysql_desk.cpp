#include "orders/store/mysql_desk.hpp"

#include "chassis/observe/metrics.hpp"
#include "chassis/security/crypto.hpp"
#include "orders/store/attempt_reader.hpp"
#include "orders/store/order_reader.hpp"
#include "orders/store/settlement.hpp"
#include "orders/store/sql.hpp"

namespace shanhai::orders {
namespace {

/// Calls to providers are few at a time and may be slow: more threads, smaller batches.
constexpr batch::BatcherOptions remote(const char* name) { return {name, 32, 1024, 2}; }

Error order_unknown() { return {Failure::not_found, "order-unknown", "there is no such order"}; }

std::vector<RefundView> refunds_of(database::Session& session, OrderId order) {
    std::vector<RefundView> refunds;
    auto rows = session.query(
        "SELECT amount_fen, reason, state, refunded_at FROM refund WHERE order_id = ? ORDER BY attempt_id",
        order);
    while (rows.next()) {
        refunds.push_back(
            {Fen{rows.integer(0)}, rows.text(1), rows.text(2) == "SUCCESS", rows.optional_instant(3)});
    }
    return refunds;
}

Result<OrderView> view_of(database::Session& session, const Vault& vault, const std::string& order_number) {
    const auto ids = order_ids(session, {order_number});
    if (ids.empty()) return order_unknown();
    const auto id = ids.begin()->second;
    OrderView view;
    view.order = load_orders(session, {id}, Locking::none).at(id);
    view.attempts = load_attempts_of(session, {id});
    view.refunds = refunds_of(session, id);
    auto rows = session.query("SELECT wrapped_key, sealed FROM vault_record WHERE order_id = ?", id);
    if (!rows.next() || rows.null(0)) return view;  // Erased: there is nothing left to mask.
    const auto receiver = vault.open(id, rows.text(0), rows.text(1));
    if (!receiver) return view;
    view.receiver_name = masked_name(receiver->name);
    view.receiver_phone = masked_phone(receiver->phone);
    view.receiver_address = masked_address(receiver->address);
    return view;
}

/// The lots of these SKUs, in one query.
std::vector<Result<std::vector<LotLevel>>> levels_of(database::Pool& pool, std::span<SkuId> skus) {
    using Levels = std::map<SkuId, std::vector<LotLevel>>;
    const auto found = pool.transact_blocking([skus](database::Session& session) -> Result<Levels> {
        Levels levels;
        auto rows = session.ask(
            "SELECT l.lot_id, l.sku_id, l.lot_code, l.county_code, l.production_day, l.expiry_day, "
            "l.saleable, "
            "s.on_hand, s.reserved FROM lot l JOIN stock s ON s.lot_id = l.lot_id WHERE l.sku_id IN " +
            in_list(skus) + " ORDER BY l.expiry_day IS NULL, l.expiry_day, l.lot_id");
        while (rows.next()) {
            levels[rows.id<SkuId>(1)].push_back(
                {{rows.id<LotId>(0), rows.id<SkuId>(1), rows.text(2), rows.text(3), rows.optional_date(4),
                  rows.optional_date(5), rows.integer(6) != 0},
                 rows.integer(7),
                 rows.integer(8)});
        }
        return levels;
    });
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
    std::vector<Result<Correction>> answers;
    for (const auto& command : commands) answers.push_back(work(command));
    return answers;
}

Result<std::vector<JournalEntry>> journal_of(database::Session& session, SkuId sku, std::uint64_t before,
                                             std::size_t limit) {
    std::vector<JournalEntry> entries;
    auto rows = session.query(
        "SELECT j.entry_id, j.lot_id, j.kind, j.delta_on_hand, j.delta_reserved, o.order_number, j.at "
        "FROM lot l JOIN stock_journal j ON j.lot_id = l.lot_id LEFT JOIN orders o ON o.order_id = "
        "j.order_id "
        "WHERE l.sku_id = ? AND j.entry_id < ? ORDER BY j.entry_id DESC LIMIT ?",
        sku, before, limit);
    while (rows.next()) {
        entries.push_back({rows.natural(0), rows.id<LotId>(1), rows.text(2), rows.integer(3), rows.integer(4),
                           rows.optional_text(5), rows.instant(6)});
    }
    return entries;
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
    return books.pool.transact_blocking([&](database::Session& session)
                                            -> Result<std::vector<ProviderReport>> {
        std::vector<ProviderReport> reports;
        std::vector<OrderId> ids;
        for (const auto& payment : payments) ids.push_back(payment.order);
        const auto orders = load_orders(session, ids, Locking::for_update);
        database::Insert insert{
            "INSERT INTO payment_attempt (attempt_id, attempt_number, order_id, provider, amount_fen, state, "
            "created_at) VALUES",
            "ON DUPLICATE KEY UPDATE attempt_id = attempt_id"};
        for (std::size_t i = 0; i < payments.size(); ++i) {
            const auto& order = orders.at(payments[i].order);
            const auto digest = security::hex(security::sha256("sample " + order.number)).substr(0, 28);
            insert.row(*first + i, "PA" + digest, order.id, sample_provider, order.total.count(),
                       wire_name(AttemptState::pending), payments[i].paid);
            reports.push_back(
                {"PA" + digest, ProviderState::success, "SM" + digest, order.total, payments[i].paid});
        }
        insert.run(session);
        return reports;
    });
}

Result<Done> pay_samples(const Books& books, const std::vector<SamplePayment>& payments) {
    if (payments.empty()) return Done{};
    const auto reports = open_samples(books, payments);
    if (!reports) return reports.error();
    const auto settled = settle(books, *reports);
    if (!settled) return settled.error();
    return Done{};
}

}  // namespace

MysqlDesk::MysqlDesk(const Books& books, const Providers& providers, std::function<void()> notified,
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

void MysqlDesk::stop() {
    orders_.stop();
    openings_.stop();
    cancellations_.stop();
    incoming_.stop();
    samples_.stop();
    receipts_.stop();
    proposals_.stop();
    confirmations_.stop();
    levels_.stop();
}

OrderDesk::Answer<Placed> MysqlDesk::place(PlaceCommand command) {
    return orders_.submit(std::move(command));
}

OrderDesk::Answer<OrderView> MysqlDesk::find(std::string order_number) {
    return books_.pool.transact([this, order_number = std::move(order_number)](database::Session& session) {
        return view_of(session, books_.vault, order_number);
    });
}

OrderDesk::Answer<Attempt> MysqlDesk::open_payment(std::string order_number, std::string provider) {
    return openings_.submit(OpenPayment{std::move(order_number), std::move(provider)});
}

OrderDesk::Answer<std::string> MysqlDesk::order_of(std::string attempt_number) {
    return books_.pool.transact(
        [attempt_number = std::move(attempt_number)](database::Session& session) -> Result<std::string> {
            auto rows = session.query(
                "SELECT o.order_number FROM payment_attempt a JOIN orders o ON o.order_id = a.order_id "
                "WHERE a.attempt_number = ?",
                attempt_number);
            if (rows.next()) return rows.text(0);
            return Error{Failure::not_found, "attempt-unknown", "there is no such payment"};
        });
}

OrderDesk::Answer<Done> MysqlDesk::cancel(std::string order_number) {
    return cancellations_.submit(std::move(order_number));
}

OrderDesk::Answer<Done> MysqlDesk::accept(std::string provider, Notification notification, std::string body) {
    return incoming_.submit(
        IncomingNotification{std::move(provider), std::move(notification), std::move(body)});
}

OrderDesk::Answer<std::vector<Result<Placed>>> MysqlDesk::place_samples(std::vector<SampleOrder> samples) {
    return samples_.submit(std::move(samples));
}

OrderDesk::Answer<Received> MysqlDesk::receive(ReceiveCommand command) {
    return receipts_.submit(std::move(command));
}

OrderDesk::Answer<Correction> MysqlDesk::propose(ProposeCorrection command) {
    return proposals_.submit(std::move(command));
}

OrderDesk::Answer<Correction> MysqlDesk::confirm(ConfirmCorrection command) {
    return confirmations_.submit(std::move(command));
}

OrderDesk::Answer<std::vector<LotLevel>> MysqlDesk::stock(SkuId sku) { return levels_.submit(sku); }

OrderDesk::Answer<std::vector<JournalEntry>> MysqlDesk::journal(SkuId sku, std::uint64_t before,
                                                                std::size_t limit) {
    return books_.pool.transact(
        [sku, before, limit](database::Session& session) { return journal_of(session, sku, before, limit); });
}

/// Whole requests are placed one after the other: each is a batch already.
std::vector<Result<MysqlDesk::SampleAnswers>> MysqlDesk::place_and_pay(std::span<Samples> samples) {
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
