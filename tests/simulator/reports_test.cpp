#include "orders/application/reports.hpp"
#include "orders/store/attempt_rows.hpp"
#include "orders/store/books_check.hpp"
#include "simulator/shop.hpp"
#include "simulator/world.hpp"
#include "support/sample_goods.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai::simulator {
namespace {

using namespace std::chrono_literals;
using orders::ProviderReport;
using orders::ProviderState;

constexpr std::uint64_t orders_placed = 3;
constexpr std::uint64_t attempts_each = 2;

/// One order a thing: waiting for its money, expired, cancelled; each with two attempts to pay it.
class Cashbox {
public:
    explicit Cashbox(Stage& stage)
        : stage_{stage}, process_{*stage.pools[0], bank_, stage.troubles[0], chance_} {
        std::vector<orders::ReceiveCommand> receipts;
        for (const auto lot : lots()) {
            receipts.push_back({key_of("receipt " + std::to_string(number(lot)), ""), lot, 50, ""});
        }
        for (const auto& received : process_.receiving.receive(receipts)) RC_ASSERT(bool(received));
        for (std::uint64_t i = 0; i < orders_placed; ++i) place(i);
        std::vector<std::string> cancelled{orders_[2].number};
        RC_ASSERT(bool(process_.closing.cancel(cancelled)[0]));
        stage_.go(6min);  // The first hold is over, before anybody opened a payment.
        RC_ASSERT(process_.closing.expire_due() == 2U);
        place(0);
        open_attempts();
    }

    static std::string number_of(std::uint64_t attempt) {
        return "PA" + std::string(27, '0') + std::to_string(attempt);
    }

    void apply(const std::vector<ProviderReport>& reports) {
        RC_ASSERT(bool(orders::apply_reports(process_.books, reports)));
    }

    /// What came of it, but for which of two payments of an order counts as the first.
    std::vector<std::string> books() {
        const auto found = orders::check_books(process_.pool);
        RC_ASSERT(bool(found));
        for (const auto& one : *found) RC_FAIL(one.rule + ": " + one.where);
        std::vector<std::string> lines;
        for (const auto* query :
             {"SELECT order_id, state FROM orders ORDER BY order_id",
              "SELECT attempt_id, state = 'SUCCESS', quarantined FROM payment_attempt ORDER BY attempt_id",
              "SELECT order_id, COUNT(*), SUM(amount_fen) FROM refund GROUP BY order_id ORDER BY order_id",
              "SELECT lot_id, on_hand, reserved FROM stock ORDER BY lot_id",
              "SELECT kind, order_id, SUM(delta_reserved) FROM stock_journal WHERE kind = 'SALE' GROUP BY "
              "kind, order_id ORDER BY order_id"}) {
            for (const auto& row : stage_.database.ask(query)) {
                std::string line;
                for (const auto& value : row) line += value.value_or("-") + ' ';
                lines.push_back(line);
            }
        }
        return lines;
    }

private:
    void place(std::uint64_t index) {
        orders::OrderRequest request;
        request.lines = {{SkuId{1 + index % skus}, 2, 1}};
        request.receiver = support::sample_receiver();
        std::vector<orders::PlaceCommand> commands{
            {key_of("order " + std::to_string(placed_++), ""),
             orders::draft(request, *process_.offers.get(), std::nullopt, stage_.clock.now()), std::nullopt}};
        const auto answers = process_.writer.place(commands);
        RC_ASSERT(bool(answers[0]));
        if (index < orders_.size()) {
            orders_[index] = answers[0]->order;
        } else {
            orders_.push_back(answers[0]->order);
        }
    }

    void open_attempts() {
        (void)process_.pool.transact_blocking([this](database::Session& session) -> Result<Done> {
            std::vector<orders::NewAttempt> attempts;
            for (std::uint64_t i = 0; i < orders_placed * attempts_each; ++i) {
                const auto& order = orders_[i / attempts_each];
                attempts.push_back({{AttemptId{900'000 + i},
                                     number_of(i),
                                     order.id,
                                     "bank",
                                     order.total,
                                     orders::AttemptState::pending,
                                     {}},
                                    session.now(),
                                    session.now() + 1h});
            }
            orders::insert_attempts(session, attempts);
            return Done{};
        });
    }

    Stage& stage_;
    Chance chance_{1};
    Bank bank_{stage_.clock};
    Process process_;
    std::vector<orders::Order> orders_;
    int placed_ = 0;
};

Stage& stage() {
    static Stage made;
    return made;
}

Cashbox fresh_cashbox() {
    auto& all = stage();
    all.database.empty();
    const auto at = all.clock.now();
    (void)all.pools[0]->transact_blocking([at](database::Session& session) -> Result<Done> {
        write_goods(session, at);
        return Done{};
    });
    return Cashbox{all};
}

ProviderReport report(std::uint64_t attempt, ProviderState state, bool other_amount) {
    const auto number = Cashbox::number_of(attempt);
    if (state != ProviderState::success) return {number, state, {}, {}, {}};
    // The price of two packs of the order's SKU, or a fen less than was asked for.
    const auto sku = static_cast<std::int64_t>(1 + attempt / attempts_each);
    return {number, state, "TX" + number, Fen{2 * (1990 + sku) - (other_amount ? 1 : 0)},
            stage().clock.now()};
}

/// Cuts them into batches, and applies one after the other.
std::vector<std::string> books_of(const std::vector<ProviderReport>& reports, Chance& chance) {
    auto cashbox = fresh_cashbox();
    for (auto at = reports.begin(); at != reports.end();) {
        const auto left = static_cast<std::uint64_t>(reports.end() - at);
        const auto end = at + static_cast<std::ptrdiff_t>(1 + chance.below(left));
        cashbox.apply({at, end});
        at = end;
    }
    return cashbox.books();
}

void shuffle(std::vector<ProviderReport>& reports, Chance& chance) {
    for (auto left = reports.size(); left > 1; --left)
        std::swap(reports[left - 1], reports[chance.below(left)]);
}

RC_GTEST_PROP(Reports, GiveTheSameBooksInAnyOrderAndInAnyBatches, ()) {
    Chance chance{*rc::gen::arbitrary<std::uint64_t>()};
    std::vector<ProviderReport> reports;
    const auto told = *rc::gen::inRange(1, 12);
    for (int i = 0; i < told; ++i) {
        const auto attempt = *rc::gen::inRange<std::uint64_t>(0, orders_placed * attempts_each);
        const auto state = *rc::gen::element(ProviderState::success, ProviderState::failed,
                                             ProviderState::closed, ProviderState::pending);
        reports.push_back(report(attempt, state, *rc::gen::inRange(0, 5) == 0));
    }
    const auto first = books_of(reports, chance);
    for (int other = 0; other < 4; ++other) {
        shuffle(reports, chance);
        const auto books = books_of(reports, chance);
        RC_ASSERT(books == first);
    }
}

}  // namespace
}  // namespace shanhai::simulator
