// Fills a ledger in a schema of its own, through the code that appends, and measures what readers of a large
// one wait for: the proof of one entry, the recomputation of a month and of everything. For bench/audit/run.

#include "audit/application/ledger_desk.hpp"
#include "audit/application/recomputer.hpp"
#include "audit/service.hpp"
#include "audit/store/foundation.hpp"
#include "chassis/database/migrations.hpp"
#include "chassis/security/crypto.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>

namespace shanhai::audit {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t orders_a_batch = 2000;
constexpr int proofs = 2000;
constexpr int months = 12;

double milliseconds_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// Sales of a year, one a line: 40 counties, 500 lots, 15,000 buyers a month.
NewOrder order_of(std::uint64_t id, std::uint64_t of_all) {
    const auto start = *parse_rfc3339("2025-01-01T00:00:00Z");
    const auto year = std::chrono::seconds{months * 30 * 86'400};
    Sale sale;
    sale.order = security::hex(security::sha256("order " + std::to_string(id)));
    sale.buyer = security::hex(security::sha256("buyer " + std::to_string(id)));
    sale.line = 1;
    sale.paid_at = start + std::chrono::seconds{year.count() * static_cast<std::int64_t>(id) /
                                                static_cast<std::int64_t>(of_all)};
    sale.recorded_at = sale.paid_at;
    sale.provider = "wechat";
    sale.county_code = std::to_string(530600 + id % 40);
    sale.merchant = MerchantId{1 + id % 120};
    sale.product = ProductId{1 + id % 250};
    sale.sku = SkuId{1 + id % 250};
    sale.lot = LotId{1 + id % 500};
    sale.lot_code = "LOT" + std::to_string(id % 500);
    sale.quantity = 1 + static_cast<std::int64_t>(id % 5);
    sale.weight = Gram{500} * sale.quantity;
    sale.unit_price = Fen{1980};
    sale.total = sale.unit_price * sale.quantity;
    sale.certification = CertificationId{9};
    sale.counted = true;
    sale.channel = id % 3 == 0 ? "METRO_QR" : "ONLINE";
    sale.credit = {"UNALLOCATED", PairingId{}, "", "UNALLOCATED"};
    sale.purchase_mode = "ASSISTED_SALE";
    sale.snapshot_hash = std::string(32, 'h');
    return {OrderId{id}, "SH" + std::to_string(id), "buyer-" + std::to_string(id * 7919 % 15'000), {sale}};
}

template <class Work>
void must(database::Pool& pool, Work work) {
    const auto done = pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        work(session);
        return Done{};
    });
    if (!done) throw std::runtime_error{done.error().message()};
}

void fill(database::Pool& pool, const NoteSigner& signer, std::uint64_t entries) {
    const auto begin = Clock::now();
    for (std::uint64_t first = 0; first < entries; first += orders_a_batch) {
        std::vector<NewOrder> orders;
        for (auto id = first; id < std::min(entries, first + orders_a_batch); ++id)
            orders.push_back(order_of(id, entries));
        must(pool, [&](database::Session& session) {
            const auto head = lock_head(session);
            if (const auto flaw = flaw_in_foundation(session, head, signer)) throw std::runtime_error{*flaw};
            append(session, head, orders, signer);
        });
    }
    const auto took = milliseconds_since(begin) / 1000;
    std::cout << "appended " << entries << " entries: " << static_cast<double>(entries) / took << "/s\n";
}

void prove(database::Pool& pool, std::uint64_t entries) {
    std::mt19937_64 random{1};
    std::vector<double> took;
    for (int i = 0; i < proofs; ++i) {
        const auto index = random() % entries;
        const auto begin = Clock::now();
        must(pool, [&](database::Session& session) {
            if (!audit::prove(session, index, std::nullopt)) throw std::runtime_error{"no proof"};
        });
        took.push_back(milliseconds_since(begin));
    }
    std::ranges::sort(took);
    std::cout << "proof of one entry: median " << took[took.size() / 2] << " ms, p99 "
              << took[took.size() * 99 / 100] << " ms\n";
}

double resident_megabytes() {
    std::ifstream status{"/proc/self/statm"};
    std::uint64_t total = 0;
    std::uint64_t resident = 0;
    status >> total >> resident;
    return static_cast<double>(resident) * 4 / 1024;
}

void recompute(database::Pool& pool, const NoteSigner& signer, const std::optional<Month>& month) {
    const auto begin = Clock::now();
    must(pool, [&](database::Session& session) {
        const auto found = audit::recompute(session, month, signer, [](std::uint64_t) {});
        std::cout << "recomputation of " << (month ? month->text() : "all months") << ": " << found.entries
                  << " entries in " << milliseconds_since(begin) / 1000 << " s, "
                  << (found.equal() ? "equal" : "DIFFERENT") << ", " << resident_megabytes()
                  << " MB resident\n";
        for (const auto& one : found.differences)
            std::cout << one.kind << ' ' << one.where << ' ' << one.detail << '\n';
    });
}

int run(const std::string& socket, std::uint64_t entries) {
    database::PoolOptions options;
    options.socket = socket;
    options.user = "root";
    options.schema = "bench";
    options.threads = 1;
    database::Pool writing{options};
    options.snapshot = true;
    database::Pool reading{options};
    const NoteSigner signer{"shanhai/bench",
                            std::move(*security::Ed25519Key::from_pem(security::Ed25519Key::generate_pem()))};
    const auto migrated = database::migrate(writing, schema(), std::chrono::seconds{10});
    if (!migrated) throw std::runtime_error{migrated.error().message()};
    must(writing, [&](database::Session& session) { ensure_head(session, signer); });
    fill(writing, signer, entries);
    prove(reading, entries);
    recompute(reading, signer, *Month::parse("2025-06"));
    recompute(reading, signer, std::nullopt);
    return 0;
}

}  // namespace
}  // namespace shanhai::audit

int main(int argc, char** argv) try {
    if (argc != 3) {
        std::cerr << "usage: ledger_bench SOCKET ENTRIES\n";
        return 2;
    }
    return shanhai::audit::run(argv[1], std::strtoull(argv[2], nullptr, 10));
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
