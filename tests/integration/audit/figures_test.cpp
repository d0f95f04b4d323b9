#include "integration/audit/fixture.hpp"

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <thread>

namespace shanhai::audit {
namespace {

/// One line of a generated sale, as a naive recount needs it.
struct Line {
    std::uint64_t order = 0;
    std::string buyer;
    std::string county;
    std::string channel;
    std::uint64_t merchant = 0;
    std::uint64_t product = 0;
    std::uint64_t lot = 0;
    std::int64_t quantity = 0;
    bool counted = false;
};

class AuditFigures : public Audit {
protected:
    /// Orders of one to four lines of any county, merchant, product and lot, by few buyers through few
    /// channels.
    std::vector<Line> sell(std::mt19937& random, std::uint64_t orders) {
        std::vector<Line> lines;
        const auto below = [&](std::uint64_t bound) { return random() % bound; };
        host_.transact([&](database::Session& session) {
            const events::Frame frame{"test", 1, *parse_rfc3339("2026-05-04T03:00:00Z"), {}};
            for (std::uint64_t i = 0; i < orders; ++i) {
                const auto id = ++last_order_;
                auto paid = order(id, 1);
                paid.set_buyer("buyer-" + std::to_string(below(orders / 3 + 1)));
                paid.set_channel(channels[below(channels.size())]);
                const auto one = paid.lines(0);
                paid.clear_lines();
                for (auto left = 1 + below(4); left > 0; --left) {
                    auto& line = *paid.add_lines() = one;
                    const Line sold{id,
                                    paid.buyer(),
                                    counties[below(counties.size())],
                                    paid.channel(),
                                    3 + below(2),
                                    70 + below(2),
                                    77 + below(3),
                                    1 + static_cast<std::int64_t>(below(5)),
                                    below(4) != 0};
                    line.set_county_code(sold.county);
                    line.set_merchant_id(sold.merchant);
                    line.set_product_id(sold.product);
                    line.set_lot_id(sold.lot);
                    line.set_quantity(sold.quantity);
                    line.set_total_fen(sold.quantity * price_fen);
                    line.set_sku_id(sold.counted ? certified_sku : plain_sku);
                    lines.push_back(sold);
                }
                lessons().apply(session, frame, events::Event::of(paid));
            }
        });
        while (sequence() > 0) {
        }
        return lines;
    }

    struct Sums {
        std::int64_t net = 0;
        std::int64_t uncounted = 0;
        std::int64_t lines = 0;
        std::set<std::uint64_t> orders;
        std::set<std::string> buyers;
    };
    template <class Wanted>
    static Sums recount(const std::vector<Line>& lines, Wanted wanted) {
        Sums sums;
        for (const auto& line : lines) {
            if (!wanted(line)) continue;
            if (!line.counted) {
                sums.uncounted += line.quantity * price_fen;
                continue;
            }
            sums.net += line.quantity * price_fen;
            ++sums.lines;
            sums.orders.insert(line.order);
            sums.buyers.insert(line.buyer);
        }
        return sums;
    }
    static void expect_same(const json::value& told, const Sums& sums, bool counts, const std::string& what) {
        EXPECT_EQ(told.at("net_fen").as_int64(), sums.net) << what;
        EXPECT_EQ(told.at("uncounted_fen").as_int64(), sums.uncounted) << what;
        EXPECT_EQ(told.at("lines").as_int64(), sums.lines) << what;
        if (!counts) return;
        EXPECT_EQ(told.at("orders").as_int64(), std::ssize(sums.orders)) << what;
        EXPECT_EQ(told.at("buyers").as_int64(), std::ssize(sums.buyers)) << what;
    }

    /// Every figure of every page under one filter.
    void check(const std::vector<Line>& lines, const std::string& channel) {
        const auto filter = "?month=2026-05" + (channel.empty() ? "" : "&channel=" + channel);
        const auto through = [&](const Line& line) { return channel.empty() || line.channel == channel; };
        const auto report = get("/v1/audit/report" + filter).json();
        expect_same(report.at("totals"), recount(lines, through), true, "all counties " + filter);
        for (const auto& row : report.at("items").as_array()) {
            const std::string county{row.at("county_code").as_string()};
            const auto here = [&](const Line& line) { return through(line) && line.county == county; };
            expect_same(row, recount(lines, here), true, county + filter);
            for (const auto& part : row.at("by_channel").as_array()) {
                const std::string name{part.at("channel").as_string()};
                const auto both = [&](const Line& line) { return here(line) && line.channel == name; };
                expect_same(part, recount(lines, both), false, county + " " + name);
            }
            for (const std::uint64_t merchant : {3U, 4U}) {
                const auto his = [&](const Line& line) { return here(line) && line.merchant == merchant; };
                const auto path = "/v1/audit/counties/" + county + "/merchants/" + std::to_string(merchant);
                expect_same(get(path + filter).json().at("totals"), recount(lines, his), false,
                            path + filter);
                for (const std::uint64_t product : {70U, 71U}) {
                    const auto its = [&](const Line& line) { return his(line) && line.product == product; };
                    const auto deeper = path + "/products/" + std::to_string(product);
                    expect_same(get(deeper + filter).json().at("totals"), recount(lines, its), false,
                                deeper + filter);
                }
            }
        }
    }

    inline static const std::vector<std::string> channels{"METRO_QR", "STORE", "ONLINE"};
    inline static const std::vector<std::string> counties{"530624", "530524", "530724"};
    std::uint64_t last_order_ = 0;
};

TEST_F(AuditFigures, EqualANaiveRecountForEveryFilter) {
    std::vector<Line> lines;
    for (const unsigned seed : {1U, 20260504U}) {  // The second is appended to the first: buyers come again.
        std::mt19937 random{seed};
        for (const auto& line : sell(random, 40)) lines.push_back(line);
        for (const std::string channel : {"", "METRO_QR", "STORE", "ONLINE", "RADIO"}) check(lines, channel);
    }
    EXPECT_TRUE(recomputed().at("equal").as_bool()) << json::serialize(recomputed());
}

TEST_F(AuditFigures, AreOfOneMomentWhileSalesComeIn) {
    std::atomic<bool> done = false;
    std::jthread seller{[&] {
        std::mt19937 random{7};
        for (int i = 0; i < 40; ++i) sell(random, 5);
        done = true;
    }};
    int reports = 0;
    while (!done || reports < 20) {
        ++reports;
        const auto report = get("/v1/audit/report?month=2026-05").json();
        std::int64_t of_channels = 0;
        std::int64_t of_counties = 0;
        for (const auto& row : report.at("items").as_array()) {
            of_counties += row.at("net_fen").as_int64();
            for (const auto& part : row.at("by_channel").as_array())
                of_channels += part.at("net_fen").as_int64();
        }
        const auto total = report.at("totals").at("net_fen").as_int64();
        ASSERT_EQ(of_counties, total);
        ASSERT_EQ(of_channels, total);
        const auto county = get("/v1/audit/counties/530624?month=2026-05").json();
        std::int64_t credits = 0;
        for (const auto& part : county.at("credits").as_array()) credits += part.at("net_fen").as_int64();
        ASSERT_EQ(credits, county.at("totals").at("net_fen").as_int64());
        // The tree that the answer names has these very lines.
        const auto size = report.at("ledger").at("tree_size").as_int64();
        std::int64_t lines = 0;
        for (const auto* member : {"lines", "uncounted_lines"})
            lines += report.at("totals").at(member).as_int64();
        ASSERT_EQ(lines, size);
    }
}

// Who decides whether a line counts waits until it knows every certification of that moment.
TEST_F(AuditFigures, CountNoLineWhoseCertificationWasRevokedBeforeItWasPaid) {
    const auto paid_at = *parse_rfc3339("2026-05-04T02:00:00Z");
    struct Case {
        std::chrono::milliseconds revoked_before;
        bool counted;
    };
    std::uint64_t id = 0;
    for (const Case& one :
         {Case{std::chrono::milliseconds{0}, false}, Case{std::chrono::milliseconds{500}, false},
          Case{std::chrono::milliseconds{2000}, false}, Case{std::chrono::milliseconds{-1}, true}}) {
        // `orders` did not know yet: it says that the line was certified. Neither do we, at first.
        auto told_late = paid_at + std::chrono::seconds{5};
        auto known_until = paid_at - one.revoked_before;
        Sequencer waiting{host_.pool(), signer_, [&] { return known_until; }};
        learn_all(offer(certified_sku));
        sql("DELETE FROM certification_step WHERE state <> 'CERTIFIED'");
        host_.transact([&](database::Session& session) {
            const events::Frame frame{"orders", 1, paid_at, {}};
            lessons().apply(session, frame, events::Event::of(order(++id, 1)));
        });
        if (one.revoked_before.count() > 0) {
            EXPECT_EQ(*waiting.append_some(), 0U);
        }
        learn_all(offer(certified_sku, "REVOKED", rfc3339(paid_at - one.revoked_before)));
        known_until = told_late;
        EXPECT_EQ(*waiting.append_some(), 1U);
        const auto entry = get("/v1/audit/entries/" + std::to_string(id - 1)).json().at("fields");
        EXPECT_EQ(entry.at("counted").as_bool(), one.counted) << one.revoked_before.count() << " ms";
        EXPECT_EQ(entry.at("certification").as_int64(), one.counted ? 9 : 0);
    }
}

TEST_F(AuditFigures, CountNoLinePaidBeforeItsCertificationWasEntered) {
    const auto paid = *parse_rfc3339("2026-05-04T02:00:00Z");
    auto late = offer(certified_sku, "CERTIFIED", rfc3339(paid + std::chrono::microseconds{1}));
    late.mutable_certifications(0)->set_recorded_us(unix_microseconds(paid) + 1);
    auto later = order(2, 1);
    later.set_paid_us(unix_microseconds(paid) + 1);
    learn_all(late, order(1, 1), later);
    EXPECT_EQ(sequence(), 2U);
    EXPECT_FALSE(get("/v1/audit/entries/0").json().at("fields").at("counted").as_bool());
    EXPECT_TRUE(get("/v1/audit/entries/1").json().at("fields").at("counted").as_bool());
}

TEST_F(AuditFigures, CountNoLinePaidWhileACertificationWasSuspendedThoughItWasReinstated) {
    learn_all(offer(certified_sku, "SUSPENDED", "2026-05-04T01:00:00Z"),
              offer(certified_sku, "CERTIFIED", "2026-05-04T02:30:00Z"), order(1, 1));
    auto later = order(2, 1);
    later.set_paid_us(unix_microseconds(*parse_rfc3339("2026-05-04T02:30:00Z")));
    learn_all(later);
    EXPECT_EQ(sequence(), 2U);
    EXPECT_FALSE(get("/v1/audit/entries/0").json().at("fields").at("counted").as_bool());
    EXPECT_TRUE(get("/v1/audit/entries/1").json().at("fields").at("counted").as_bool());
}

}  // namespace
}  // namespace shanhai::audit
