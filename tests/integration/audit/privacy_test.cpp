#include "audit/domain/tiles.hpp"
#include "audit/store/count_store.hpp"
#include "audit/store/sale_day_store.hpp"
#include "audit/store/tile_store.hpp"
#include "integration/audit/fixture.hpp"

namespace shanhai::audit {
namespace {

/// What the ledger tells of people, and whom.
class Privacy : public Audit {
protected:
    using Headers = std::vector<std::pair<std::string, std::string>>;

    std::string order_key(const std::string& number) {
        return security::base64url(security::hmac_sha256(host_.secrets().key("order_access"), number));
    }
    support::Answer own_entries(std::uint64_t id, const Headers& headers) {
        return host_.call("GET", "/v1/audit/orders/" + order_number(id) + "/entries", {}, headers);
    }
    json::object fields(std::uint64_t index) {
        return get("/v1/audit/entries/" + std::to_string(index)).json().at("fields").as_object();
    }
};

TEST_F(Privacy, HoldsCommitmentsThatLinkNoTwoOrdersOfAPerson) {
    auto first = order(1, 1);
    first.set_paid_us(first.paid_us() + 123'456);
    auto second = order(4, 1);  // The same buyer.
    second.set_provider("sample");
    ASSERT_EQ(first.buyer(), second.buyer());
    learn_all(first, second);
    sequence();
    const auto one = fields(0);
    const auto other = fields(1);
    EXPECT_EQ(one.at("v").as_int64(), 2);
    EXPECT_EQ(one.at("order").as_string(), security::hex(first.order_commitment()));
    EXPECT_EQ(one.at("buyer").as_string(), security::hex(first.buyer_commitment()));
    EXPECT_NE(one.at("buyer").as_string(), other.at("buyer").as_string());
    EXPECT_EQ(one.at("paid_at").as_string(), "2026-05-04T02:00:00Z");
    EXPECT_EQ(one.at("recorded_at").as_string(), "2026-05-04T03:00:00Z");
    EXPECT_EQ(one.at("provider").as_string(), "wechat");
    EXPECT_EQ(one.at("trust").as_string(), "PLATFORM");
    EXPECT_EQ(other.at("trust").as_string(), "SAMPLE");
    for (const auto& secret : {order_number(1), order_number(4), first.buyer()}) {
        EXPECT_EQ(host_.number("SELECT COUNT(*) FROM ledger_entry WHERE body LIKE '%" + secret + "%'"), 0)
            << secret;
    }
    const auto counted = get("/v1/audit/report?month=2026-05").json().at("totals");
    EXPECT_EQ(counted.at("orders").as_int64(), 2);
    EXPECT_EQ(counted.at("buyers").as_int64(), 1);
}

TEST_F(Privacy, ShowsHashesToEverybodyAndEntriesToAuditorsAndVerifiers) {
    learn_all(order(1, 1));
    sequence();
    for (const std::string open : {"/log/checkpoint", "/log/key", "/log/tile/0/000.p/1",
                                   "/log/consistency?from=1&to=1", "/v1/audit/entries/0/proof"}) {
        EXPECT_EQ(host_.call("GET", open).status, 200) << open;
    }
    const auto key = host_.secrets().read("ledger_verifier");
    for (const std::string closed : {"/log/tile/entries/000.p/1", "/v1/audit/entries/0"}) {
        EXPECT_EQ(host_.call("GET", closed).status, 401) << closed;
        EXPECT_EQ(host_.call("GET", closed, {}, {{"Shanhai-Verifier-Key", "guess"}}).status, 401) << closed;
        EXPECT_EQ(
            host_.call("GET", closed, {}, {{"Shanhai-Verifier-Key", order_key(order_number(1))}}).status,
            401);
        for (const std::string role : {"merchant", "operator", "certifier"}) {
            EXPECT_EQ(host_.call_as(role, "GET", closed).status, 403) << closed << ' ' << role;
        }
        EXPECT_EQ(host_.call("GET", closed, {}, {{"Shanhai-Verifier-Key", key}}).status, 200) << closed;
        EXPECT_EQ(get(closed).status, 200) << closed;
    }
    EXPECT_EQ(get("/log/tile/entries/000.p/1").header("Cache-Control"), "private, no-store");
    host_.settings().public_entries = true;
    host_.run(make_service);
    EXPECT_EQ(host_.call("GET", "/log/tile/entries/000.p/1").status, 200);
}

TEST_F(Privacy, GivesABuyerTheOwnEntriesForTheOrdersKeyNotForItsNumber) {
    learn_all(order(1, 1), order(2, 1));
    sequence();
    EXPECT_EQ(own_entries(2, {}).status, 404);
    EXPECT_EQ(own_entries(2, {}).problem(), "order-unknown");
    EXPECT_EQ(own_entries(2, {{"Order-Access-Token", order_key(order_number(1))}}).problem(),
              "order-unknown");
    EXPECT_EQ(own_entries(3, {{"Order-Access-Token", order_key(order_number(3))}}).problem(),
              "order-not-in-ledger");
    const auto answer = own_entries(2, {{"Order-Access-Token", order_key(order_number(2))}});
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    const auto items = answer.json().at("items").as_array();
    ASSERT_EQ(items.size(), 1U);
    const auto note = open_checkpoint(answer.json().at("checkpoint").as_string(), signer_.verifier_key());
    ASSERT_TRUE(note);
    std::vector<Hash> hashes;
    for (const auto& text : items[0].at("proof").at("hashes").as_array())
        hashes.push_back(hash_of(*security::from_base64(text.as_string())));
    EXPECT_TRUE(inclusion_holds(leaf_hash(items[0].at("entry").as_string()), 1, 2, hashes, note->root));
    const auto path = "/v1/audit/orders/" + order_number(2) + "/entries";
    EXPECT_EQ(host_.call_as("operator", "GET", path).status, 200);
    EXPECT_EQ(host_.call_as("merchant", "GET", path).status, 403);
}

TEST_F(Privacy, LeadsAnAuditorFromAnEntryToItsOrderAndNobodyElse) {
    auto two_lines = order(2, 1);
    *two_lines.add_lines() = two_lines.lines(0);
    two_lines.mutable_lines(1)->set_line_id(21);
    learn_all(order(1, 1), two_lines, order(4, 1));
    sequence();
    const auto path = [](int index) { return "/v1/audit/entries/" + std::to_string(index) + "/order"; };
    const std::vector<std::uint64_t> orders{1, 2, 2, 4};
    for (int index = 0; index < 4; ++index) {
        const auto answer = get(path(index));
        ASSERT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(answer.header("Cache-Control"), "no-store");
        const auto number = order_number(orders.at(static_cast<std::size_t>(index)));
        EXPECT_EQ(answer.json().at("order_number").as_string(), number);
        const auto back = get("/v1/audit/orders/" + number + "/entries").json().at("items").as_array();
        EXPECT_TRUE(std::ranges::any_of(back, [&](const auto& one) { return one.at("index") == index; }));
    }
    EXPECT_EQ(get(path(4)).problem(), "entry-unknown");
    EXPECT_EQ(get("/v1/audit/entries/x/order").problem(), "entry-unknown");
    for (const std::string role : {"merchant", "operator", "certifier"}) {
        EXPECT_EQ(host_.call_as(role, "GET", path(0)).problem(), "role-missing") << role;
    }
    const auto key = host_.secrets().read("ledger_verifier");
    EXPECT_EQ(host_.call("GET", path(0), {}, {{"Shanhai-Verifier-Key", key}}).status, 401)
        << "a verifier sees commitments alone";
    fact::OrderErased erased;
    erased.set_order_id(2);
    learn_all(erased);
    for (const int index : {1, 2}) EXPECT_EQ(get(path(index)).problem(), "order-erased");
    EXPECT_EQ(get(path(3)).json().at("order_number").as_string(), order_number(4));
}

TEST_F(Privacy, ForgetsAnOrderWithoutChangingAHashOrAFigure) {
    learn_all(order(1, 1), order(2, 2), order(4, 1), order(5, 1, "530524"));
    sequence();
    const auto before = get("/v1/audit/report?month=2026-05").body;
    const auto checkpoint = host_.call("GET", "/log/checkpoint").body;
    fact::OrderErased erased;
    for (const std::uint64_t id : {1U, 2U}) {  // Order 4 is of the same buyer as 1; order 5 of the same as 2.
        erased.set_order_id(id);
        learn_all(erased);
        learn_all(erased);  // Told twice.
    }
    EXPECT_EQ(get("/v1/audit/report?month=2026-05").body, before);
    EXPECT_EQ(host_.call("GET", "/log/checkpoint").body, checkpoint);
    EXPECT_EQ(own_entries(1, {{"Order-Access-Token", order_key(order_number(1))}}).problem(),
              "order-not-in-ledger");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM order_link"), 2);
    EXPECT_EQ(host_.number("SELECT SUM(line_count) FROM month_buyer"), 2);
    const auto found = recomputed();
    EXPECT_TRUE(found.at("equal").as_bool()) << json::serialize(found);
    EXPECT_EQ(found.at("erased_orders").as_int64(), 2);
    learn_all(order(7, 1));
    EXPECT_EQ(sequence(), 1U);
    sql("UPDATE month_count SET buyers = buyers + 3");
    EXPECT_FALSE(recomputed().at("equal").as_bool()) << "forgetting must not hide more buyers than orders";
}

TEST_F(Privacy, ForgetsAnOrderThatIsStillWaiting) {
    learn_all(order(1, 1));
    fact::OrderErased erased;
    erased.set_order_id(1);
    learn_all(erased);
    EXPECT_EQ(sequence(), 1U);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM order_link"), 0);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM month_buyer"), 0);
    EXPECT_EQ(net("/v1/audit/report?month=2026-05"), price_fen);
    EXPECT_TRUE(recomputed().at("equal").as_bool());
}

TEST_F(Privacy, TakesAnOrderInOnceHoweverOftenItIsTold) {
    learn_all(order(1, 1));
    learn_all(order(1, 1));
    EXPECT_EQ(sequence(), 1U);
    learn_all(order(1, 1));
    EXPECT_EQ(sequence(), 0U);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM ledger_entry"), 1);
}

/// A ledger as version 1 left it: entries, tiles, rollups and head, and none of the newer tables' rows.
TEST_F(Privacy, KeepsEntriesOfVersionOneValidAndCountsThemWithTheNewOnes) {
    std::vector<Sale> old;
    for (std::uint64_t id = 1; id <= 3; ++id) {
        Sale sale;
        sale.version = 1;
        sale.order = order_number(100 + id);
        sale.line = id * 10;
        sale.paid_at = *parse_rfc3339("2026-05-03T02:00:00.123456Z");
        sale.county_code = "530624";
        sale.merchant = MerchantId{3};
        sale.product = ProductId{70};
        sale.lot = LotId{77};
        sale.quantity = 1;
        sale.total = Fen{price_fen};
        sale.counted = true;
        sale.channel = "METRO_QR";
        sale.credit = {"310112", PairingId{1}, "EAST_WEST_COLLABORATION", "CHANNEL_DISTRICT"};
        sale.snapshot_hash = std::string(32, 'h');
        sale.buyer = "old-buyer-" + std::to_string(id % 2);
        old.push_back(sale);
    }
    host_.transact([&](database::Session& session) {
        std::vector<Hash> leaves;
        for (const auto& sale : old) {
            const auto body = canonical_entry(sale);
            leaves.push_back(leaf_hash(body));
            session.execute(
                "INSERT INTO ledger_entry (entry_index, leaf_hash, body, order_id, line_id, month, "
                "county_code, "
                "lot_id, channel) VALUES (?, ?, ?, ?, ?, '2026-05', '530624', 77, 'METRO_QR')",
                leaves.size() - 1, literal(leaves.back()), database::Literal::bytes(body), 900 + sale.line,
                sale.line);
        }
        const auto tiles =
            tiles_after_append(0, leaves, [](TileId, std::uint64_t) { return std::vector<Hash>{}; });
        write_tiles(session, tiles);
        const auto root = tree_root(3, [&](TileId id, std::uint64_t) { return tiles.at(id); });
        session.execute("UPDATE ledger_head SET size = 3, root = ?, note = ?", literal(root),
                        signer_.sign({signer_.origin(), 3, root}));
        session.run(
            "INSERT INTO rollup VALUES ('2026-05', '530624', 3, 70, 77, 'METRO_QR', '310112', 3, 3, 0, 5940, "
            "0, 0, 0)");
    });
    ASSERT_TRUE(catch_up_counts(host_.pool()));
    ASSERT_TRUE(catch_up_sale_days(host_.pool()));
    learn_all(order(4, 1));
    EXPECT_EQ(sequence(), 1U);
    const auto totals = get("/v1/audit/report?month=2026-05").json().at("totals");
    EXPECT_EQ(totals.at("net_fen").as_int64(), 4 * price_fen);
    EXPECT_EQ(totals.at("orders").as_int64(), 4);
    EXPECT_EQ(totals.at("buyers").as_int64(), 3);
    const auto found = recomputed();
    EXPECT_TRUE(found.at("equal").as_bool()) << json::serialize(found);
    EXPECT_EQ(fields(0).at("v").as_int64(), 1);
    EXPECT_EQ(host_.call_as("auditor", "GET", "/v1/audit/orders/" + order_number(102) + "/entries").status,
              200);
}

}  // namespace
}  // namespace shanhai::audit
