#include "audit/events/sequencer.hpp"

#include "audit/store/ledger_store.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/observe/metrics.hpp"
#include "shanhai/event/v1/orders.pb.h"

#include <map>

namespace shanhai::audit {
namespace {

namespace fact = shanhai::event::v1;

constexpr std::size_t orders_max = 1000;  // One transaction's share.
constexpr std::chrono::milliseconds tick{500};

struct Pending {
    std::uint64_t last_id = 0;
    std::vector<fact::OrderPaid> orders;
};

Pending read_pending(database::Session& session, Instant complete_until) {
    auto rows = session.query("SELECT id, known_at, fact FROM pending_sale ORDER BY id LIMIT ?", orders_max);
    Pending pending;
    while (rows.next() && rows.instant(1) <= complete_until) {
        pending.last_id = rows.natural(0);
        if (!pending.orders.emplace_back().ParseFromString(rows.text(2))) {
            throw std::runtime_error{"a pending sale cannot be read"};
        }
    }
    return pending;
}

std::vector<Pairing> read_pairings(database::Session& session) {
    auto rows = session.query(
        "SELECT pairing_id, district_code, county_code, programme, certainty, valid_from_day, valid_to_day "
        "FROM pairing ORDER BY pairing_id");
    std::vector<Pairing> pairings;
    while (rows.next()) {
        pairings.push_back({rows.id<PairingId>(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                            Date{std::chrono::days{rows.integer(5)}},
                            Date{std::chrono::days{rows.integer(6)}}});
    }
    return pairings;
}

std::map<std::uint64_t, std::string> read_placement_districts(database::Session& session) {
    auto rows = session.query("SELECT placement_id, district_code FROM placement");
    std::map<std::uint64_t, std::string> districts;
    while (rows.next()) districts[rows.natural(0)] = rows.text(1);
    return districts;
}

Sale sale_of(const fact::OrderPaid& order, const fact::OrderLine& line, Credit credit) {
    Sale sale;
    sale.order_number = order.order_number();
    sale.line = OrderLineId{line.line_id()};
    sale.paid_at = instant_of(order.paid_us());
    sale.county_code = line.county_code();
    sale.merchant = MerchantId{line.merchant_id()};
    sale.product = ProductId{line.product_id()};
    sale.sku = SkuId{line.sku_id()};
    sale.lot = LotId{line.lot_id()};
    sale.lot_code = line.lot_code();
    sale.quantity = line.quantity();
    sale.weight = Gram{line.weight_g()};
    sale.unit_price = Fen{line.unit_price_fen()};
    sale.total = Fen{line.total_fen()};
    sale.certification = CertificationId{line.certification_id()};
    sale.counted = line.certified_at_payment();
    sale.channel = order.channel();
    sale.placement = PlacementId{order.placement_id()};
    sale.credit = std::move(credit);
    sale.purchase_mode = line.purchase_mode();
    sale.product_version = line.product_version();
    sale.snapshot_hash = line.snapshot_hash();
    sale.buyer = order.buyer();
    return sale;
}

std::vector<NewSale> sales_of(const Pending& pending, const std::vector<Pairing>& pairings,
                              const std::map<std::uint64_t, std::string>& districts) {
    std::vector<NewSale> sales;
    for (const auto& order : pending.orders) {
        const auto found = districts.find(order.placement_id());
        const std::string district = found == districts.end() ? "" : found->second;
        const auto day = shanghai_date(instant_of(order.paid_us()));
        for (const auto& line : order.lines()) {
            auto credit = credit_of(line.county_code(), district, day, pairings);
            sales.push_back({OrderId{order.order_id()}, sale_of(order, line, std::move(credit))});
        }
    }
    return sales;
}

}  // namespace

Sequencer::Sequencer(database::Pool& pool, const NoteSigner& signer, std::function<Instant()> complete_until)
    : pool_{pool},
      signer_{signer},
      complete_until_{std::move(complete_until)},
      periodic_{"sequencer", tick, [this] { append_all(); }} {}

Result<std::size_t> Sequencer::append_some() {
    const auto until = complete_until_();
    return pool_.transact_blocking([&](database::Session& session) -> Result<std::size_t> {
        const auto head = lock_head(session);
        const auto pending = read_pending(session, until);
        if (pending.orders.empty()) return std::size_t{0};
        append(session, head, sales_of(pending, read_pairings(session), read_placement_districts(session)),
               signer_);
        session.execute("DELETE FROM pending_sale WHERE id <= ?", pending.last_id);
        return pending.orders.size();
    });
}

void Sequencer::append_all() {
    auto& appended = observe::Metrics::process().counter("audit_orders_sequenced_total",
                                                         "Paid orders taken into the ledger");
    for (std::size_t taken = orders_max; taken == orders_max;) {
        const auto result = append_some();
        if (!result) {
            observe::log_error("sequencing-failed", result.error().message());
            return;
        }
        taken = *result;
        appended.add(static_cast<double>(taken));
    }
}

}  // namespace shanhai::audit
