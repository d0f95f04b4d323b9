#include "audit/events/paid_orders.hpp"

#include "audit/store/learned_store.hpp"
#include "chassis/database/in_list.hpp"
#include "chassis/security/crypto.hpp"

#include <set>
#include <stdexcept>

namespace shanhai::audit {
namespace {

namespace fact = shanhai::event::v1;

constexpr std::size_t commitment_bytes = 32;

/// A paid order as it waits.
struct Waiting {
    fact::OrderPaid paid;
    Instant known_at;
    bool erased = false;
};

/// What else the entries depend on.
struct Learned {
    std::vector<Pairing> pairings;
    std::map<PlacementId, std::string> districts;
    std::map<SkuId, std::vector<CertificationHistory>> certifications;
};

Instant whole_seconds(Instant at) { return std::chrono::floor<std::chrono::seconds>(at); }

/// Orders that were paid before there were commitments get ones that nobody can open.
std::string commitment_of(const std::string& told) {
    return security::hex(told.empty() ? security::random_bytes(commitment_bytes) : told);
}

Learned read_learned(database::Session& session, const std::vector<Waiting>& waiting) {
    std::vector<SkuId> skus;
    for (const auto& one : waiting) {
        for (const auto& line : one.paid.lines()) skus.push_back(SkuId{line.sku_id()});
    }
    return {read_pairings(session), read_placement_districts(session), read_certifications(session, skus)};
}

Credit credit_for(const fact::OrderPaid& order, const fact::OrderLine& line, const Learned& learned) {
    const auto found = learned.districts.find(PlacementId{order.placement_id()});
    const std::string_view district = found == learned.districts.end() ? std::string_view{} : found->second;
    return credit_of(line.county_code(), district, shanghai_date(instant_of(order.paid_us())),
                     learned.pairings);
}

/// What the order says of its certification was true as far as `orders` knew; this is what is true.
std::optional<CertificationId> certification_for(const fact::OrderPaid& order, const fact::OrderLine& line,
                                                 const Learned& learned) {
    const auto found = learned.certifications.find(SkuId{line.sku_id()});
    if (found == learned.certifications.end()) return std::nullopt;
    return certification_at(found->second, instant_of(order.paid_us()));
}

Sale sale_of(const fact::OrderPaid& order, const fact::OrderLine& line, const Learned& learned) {
    Sale sale;
    const auto certification = certification_for(order, line, learned);
    sale.paid_at = whole_seconds(instant_of(order.paid_us()));
    sale.provider = order.provider();
    sale.trust = trust_of(order.provider());
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
    sale.certification = certification.value_or(CertificationId{});
    sale.counted = certification.has_value();
    sale.channel = order.channel();
    sale.placement = PlacementId{order.placement_id()};
    sale.credit = credit_for(order, line, learned);
    sale.purchase_mode = line.purchase_mode();
    sale.product_version = line.product_version();
    sale.snapshot_hash = line.snapshot_hash();
    return sale;
}

NewOrder order_of(const Waiting& waiting, const Learned& learned) {
    const auto& paid = waiting.paid;
    NewOrder order{OrderId{paid.order_id()}, paid.order_number(), waiting.erased ? "" : paid.buyer(), {}};
    const auto order_commitment = commitment_of(paid.order_commitment());
    const auto buyer_commitment = commitment_of(paid.buyer_commitment());
    for (const auto& line : paid.lines()) {
        auto sale = sale_of(paid, line, learned);
        sale.order = order_commitment;
        sale.buyer = buyer_commitment;
        sale.line = order.lines.size() + 1;
        sale.recorded_at = whole_seconds(waiting.known_at);
        order.lines.push_back(std::move(sale));
    }
    return order;
}

/// Those that the ledger holds already.
std::set<std::uint64_t> taken_in(database::Session& session,
                                 const std::vector<events::Learnt<fact::OrderPaid>>& sales) {
    std::set<std::uint64_t> known;
    auto linked = session.ask("SELECT order_id FROM order_link WHERE order_id IN " +
                              database::in_list(sales, [](const auto& one) { return one.fact.order_id(); }));
    while (linked.next()) known.insert(linked.natural(0));
    // Erased ones are known by their commitments alone.
    const auto commitment = [](const auto& one) {
        return database::Literal::bytes(one.fact.order_commitment());
    };
    auto entries =
        session.ask("SELECT DISTINCT order_commitment FROM ledger_entry WHERE order_commitment IN " +
                    database::in_list(sales, commitment));
    std::set<std::string> commitments;
    while (entries.next()) commitments.insert(entries.text(0));
    for (const auto& [paid, at] : sales) {
        if (commitments.contains(paid.order_commitment())) known.insert(paid.order_id());
    }
    return known;
}

}  // namespace

PendingOrders read_pending(database::Session& session, Instant complete_until) {
    auto rows = session.query("SELECT id, known_at, fact, erased FROM pending_sale ORDER BY id LIMIT ?",
                              pending_orders_max);
    PendingOrders pending;
    std::vector<Waiting> waiting;
    while (rows.next() && rows.instant(1) <= complete_until) {
        pending.last_id = rows.natural(0);
        auto& one = waiting.emplace_back(Waiting{{}, rows.instant(1), rows.integer(3) != 0});
        if (!one.paid.ParseFromString(rows.text(2)))
            throw std::runtime_error{"a pending sale cannot be read"};
    }
    if (waiting.empty()) return pending;
    const auto learned = read_learned(session, waiting);
    for (const auto& one : waiting) pending.orders.push_back(order_of(one, learned));
    return pending;
}

void forget_pending(database::Session& session, const PendingOrders& taken) {
    session.execute("DELETE FROM pending_sale WHERE id <= ?", taken.last_id);
}

void keep_pending(database::Session& session, const std::vector<events::Learnt<fact::OrderPaid>>& sales) {
    database::Insert insert{"INSERT INTO pending_sale (order_id, known_at, fact) VALUES",
                            "ON DUPLICATE KEY UPDATE order_id = VALUES(order_id)"};
    for (const auto& [paid, at] : sales) {
        insert.row(paid.order_id(), at, database::Literal::bytes(paid.SerializeAsString()));
    }
    insert.run(session);
    // Looked up last, with the rows of ours locked: the sequencer may have been taking in one of them.
    const auto known = taken_in(session, sales);
    if (known.empty()) return;
    session.run("DELETE FROM pending_sale WHERE order_id IN " + database::in_list(known));
}

}  // namespace shanhai::audit
