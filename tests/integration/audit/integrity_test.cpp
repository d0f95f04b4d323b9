#include "audit/application/recomputer.hpp"
#include "audit/domain/tiles.hpp"
#include "audit/store/tile_store.hpp"
#include "integration/audit/fixture.hpp"

#include <functional>

namespace shanhai::audit {
namespace {

constexpr std::uint64_t orders_max = 300;  // A full tile, a partial one, and one of the level above.

/// A ledger of one month, and what somebody with the database's password may do to it.
class Integrity : public Audit {
protected:
    Integrity() {
        host_.transact([&](database::Session& session) {
            const events::Frame frame{"test", 1, *parse_rfc3339("2026-05-04T03:00:00Z"), {}};
            lessons().apply(session, frame, events::Event::of(pairing(2, "310115", "530524")));
            for (std::uint64_t id = 1; id <= orders_max; ++id) {
                lessons().apply(session, frame, events::Event::of(sale(id)));
            }
        });
        while (sequence() > 0) {
        }
        for (const auto& table : tables)
            as_owner("CREATE TABLE kept_" + table + " AS SELECT * FROM " + table);
    }

    static fact::OrderPaid sale(std::uint64_t id) {
        auto paid = order(id, 1 + static_cast<std::int64_t>(id % 4), id % 3 == 0 ? "530524" : "530624",
                          id % 7 != 0, 77 + id % 2);
        if (id % 5 == 0) paid.set_channel("STORE");
        return paid;
    }

    void as_owner(const std::string& statement) {
        auto options = host_.pool().options();
        options.user = options.schema + "_owner";
        options.password = host_.secrets().read("database_audit_owner");
        database::Pool pool{options};
        const auto done = pool.transact_blocking([&](database::Session& session) -> Result<Done> {
            session.run(statement);
            return Done{};
        });
        ASSERT_TRUE(done);
    }

    void restore() {
        for (const auto& table : tables) {
            sql("DELETE FROM " + table);
            sql("INSERT INTO " + table + " SELECT * FROM kept_" + table);
        }
    }

    /// Makes the stored leaf hash of an entry fit its bytes.
    void fit_leaf(int index) {
        sql("UPDATE ledger_entry SET leaf_hash = UNHEX(SHA2(CONCAT(X'00', body), 256)) WHERE entry_index = " +
            std::to_string(index));
    }

    /// Ten thousand yuan more on an old sale, in the entry and in the figures.
    void raise(int index) {
        sql("UPDATE ledger_entry SET body = REPLACE(REPLACE(body, '\"total_fen\":', '\"total_fen\":100000'), "
            "'\"counted\":false', '\"counted\":true') WHERE entry_index = " +
            std::to_string(index));
        fit_leaf(index);
        sql("UPDATE rollup SET gross_fen = gross_fen + 1000000 WHERE line_count > 0 LIMIT 1");
    }

    /// The tiles of all levels as the entries that are there now make them. Returns their root.
    Hash rebuild_tiles() {
        Hash root{};
        host_.transact([&](database::Session& session) {
            std::vector<Hash> leaves;
            for (const auto& body : entries(session, 0, orders_max)) leaves.push_back(leaf_hash(body));
            const auto none = [](TileId, std::uint64_t) { return std::vector<Hash>{}; };
            const auto tiles = tiles_after_append(0, leaves, none);
            write_tiles(session, tiles);
            root = tree_root(leaves.size(), [&](TileId id, std::uint64_t) { return tiles.at(id); });
        });
        return root;
    }

    void set_root(const Hash& root) {
        host_.transact([&](database::Session& session) {
            session.execute("UPDATE ledger_head SET root = ?", literal(root));
        });
    }

    void set_note(const std::string& note) {
        host_.transact(
            [&](database::Session& session) { session.execute("UPDATE ledger_head SET note = ?", note); });
    }

    inline static const std::vector<std::string> tables{"ledger_head", "ledger_entry", "tile",      "rollup",
                                                        "month_count", "month_buyer",  "order_link"};
};

TEST_F(Integrity, FindsEveryEditOfWhoeverHasTheDatabasesPassword) {
    const auto statement = [this](const std::string& text) { return [this, text] { sql(text); }; };
    struct Edit {
        std::string name;
        std::function<void()> make;
        std::string kind;  ///< Of the first difference.
    };
    const std::vector<Edit> edits{
        {"a leaf", statement("UPDATE ledger_entry SET leaf_hash = REPEAT('x', 32) WHERE entry_index = 3"),
         "entry"},
        {"two entries swapped",
         [this] {
             sql("UPDATE ledger_entry SET entry_index = 9999 WHERE entry_index = 3");
             sql("UPDATE ledger_entry SET entry_index = 3 WHERE entry_index = 4");
             sql("UPDATE ledger_entry SET entry_index = 4 WHERE entry_index = 9999");
         },
         "entry"},
        {"a hash of a full tile",
         statement("UPDATE tile SET hashes = CONCAT(REPEAT('x', 32), SUBSTR(hashes, 33)) "
                   "WHERE level = 0 AND tile_index = 0"),
         "tile"},
        {"a hash of the last tile",
         statement("UPDATE tile SET hashes = CONCAT(REPEAT('x', 32), SUBSTR(hashes, 33)) "
                   "WHERE level = 0 AND tile_index = 1"),
         "tile"},
        {"a hash of level 1", statement("UPDATE tile SET hashes = REPEAT('x', 32) WHERE level = 1"), "tile"},
        {"a byte cut off a tile",
         statement("UPDATE tile SET hashes = SUBSTR(hashes, 2) WHERE level = 0 AND tile_index = 0"), "tile"},
        {"a tile deleted", statement("DELETE FROM tile WHERE level = 0 AND tile_index = 0"), "tile"},
        {"a tile added",
         statement("INSERT INTO tile (level, tile_index, hashes) VALUES (0, 2, REPEAT('x', 32))"), "tile"},
        {"a credit moved to another district",
         statement("UPDATE rollup SET district = '310115' WHERE county_code = '530624' AND lot_id = 77"),
         "rollup"},
        {"1,500 yuan moved between merchants",
         [this] {
             sql("INSERT INTO rollup SELECT month, county_code, 4, product_id, lot_id, channel, district, 0, "
                 "0, 0, "
                 "150000, 0, 0, 0 FROM rollup WHERE lot_id = 77 LIMIT 1");
             sql("UPDATE rollup SET gross_fen = gross_fen - 150000 WHERE merchant_id = 3 AND lot_id = 77 "
                 "LIMIT 1");
         },
         "rollup"},
        {"5,000 buyers more",
         statement("UPDATE month_count SET buyers = buyers + 5000 WHERE county_code = '530624' "
                   "AND channel = ''"),
         "count"},
        {"an order more",
         statement("UPDATE month_count SET orders = orders + 1 WHERE county_code = '' AND "
                   "channel = ''"),
         "count"},
        {"a count added", statement("INSERT INTO month_count VALUES ('2026-05', '530624', 'RADIO', 5, 5)"),
         "count"},
        {"a count deleted", statement("DELETE FROM month_count WHERE county_code = ''"), "count"},
        {"a buyer invented",
         statement("INSERT INTO month_buyer VALUES ('2026-05', 'nobody', '530624', 'METRO_QR', 1)"),
         "buyers"},
        {"a buyer deleted", statement("DELETE FROM month_buyer WHERE buyer = 'buyer-1'"), "buyers"},
        {"orders linked to another buyer",
         statement("UPDATE order_link SET buyer = 'friend' WHERE order_id = 4"), "buyers"},
        {"an entry deleted", statement("DELETE FROM ledger_entry WHERE entry_index = 5"), "entry"},
        {"the last entry deleted", statement("DELETE FROM ledger_entry WHERE entry_index = 299"), "entry"},
        {"an entry added",
         statement("INSERT INTO ledger_entry SELECT 300, leaf_hash, body, order_id, line_id, month, "
                   "county_code, lot_id, channel, NULL, NULL FROM kept_ledger_entry LIMIT 1"),
         "entry"},
        {"a rollup deleted", statement("DELETE FROM rollup WHERE lot_id = 78 LIMIT 1"), "rollup"},
        {"a rollup added",
         statement("INSERT INTO rollup SELECT month, county_code, merchant_id, product_id, 79, "
                   "channel, district, 0, 0, 0, 1, 0, 0, 0 FROM rollup LIMIT 1"),
         "rollup"},
        {"a gram", statement("UPDATE rollup SET weight_g = weight_g + 1 LIMIT 1"), "rollup"},
        {"a piece", statement("UPDATE rollup SET quantity = quantity + 1 LIMIT 1"), "rollup"},
        {"a refund that was none",
         statement("UPDATE rollup SET refund_fen = refund_fen + 1, gross_fen = gross_fen + 1 LIMIT 1"),
         "rollup"},
        {"what was not counted", statement("UPDATE rollup SET uncounted_fen = uncounted_fen - 1 LIMIT 1"),
         "rollup"},
        {"a month that there is not", statement("UPDATE rollup SET month = '2026-13' LIMIT 1"), "rollup"},
        {"a column beside an entry", statement("UPDATE ledger_entry SET lot_id = 99 WHERE entry_index = 9"),
         "entry"},
        {"an entry hidden in another month",
         statement("UPDATE ledger_entry SET month = '2026-06' WHERE "
                   "entry_index = 9"),
         "rollup"},
        {"body",
         [this] {
             sql("UPDATE ledger_entry SET body = REPLACE(body, '530624', '530625') WHERE "
                 "entry_index = 0");
         },
         "entry"},
        {"body that is not canonical",
         statement("UPDATE ledger_entry SET body = CONCAT(body, ' ') WHERE entry_index = 0"), "entry"},
        {"body, leaf and rollup", [this] { raise(3); }, "entry"},
        {"body, leaf, rollup and the tile of level 0",
         [this] {
             raise(3);
             rebuild_tiles();
             sql("DELETE FROM tile WHERE level = 1");
             sql("INSERT INTO tile SELECT * FROM kept_tile WHERE level = 1");
         },
         "tile"},
        {"body, leaf, rollup and all tiles",
         [this] {
             raise(3);
             rebuild_tiles();
         },
         "tile"},
        {"body, leaf, rollup, all tiles and the head's root",
         [this] {
             raise(3);
             set_root(rebuild_tiles());
         },
         "checkpoint"},
        {"the head's root", [this] { set_root(leaf_hash("x")); }, "checkpoint"},
        {"the head's size", statement("UPDATE ledger_head SET size = 299"), "checkpoint"},
        {"a note of another key",
         [this] {
             NoteSigner other{
                 "shanhai/ledger",
                 std::move(*security::Ed25519Key::from_pem(security::Ed25519Key::generate_pem()))};
             set_note(other.sign({"shanhai/ledger", orders_max, leaf_hash("x")}));
         },
         "checkpoint"}};
    ASSERT_TRUE(recomputed().at("equal").as_bool()) << json::serialize(recomputed());
    for (const auto& edit : edits) {
        edit.make();
        const auto found = recomputed();
        EXPECT_FALSE(found.at("equal").as_bool()) << edit.name;
        EXPECT_FALSE(recomputed("").at("equal").as_bool()) << edit.name << ", all months";
        const auto& differences = found.at("differences").as_array();
        if (!differences.empty()) {
            EXPECT_EQ(differences[0].at("kind").as_string(), edit.kind)
                << edit.name << ": " << json::serialize(differences);
        }
        restore();
    }
    EXPECT_TRUE(recomputed("").at("equal").as_bool()) << json::serialize(recomputed(""));
}

TEST_F(Integrity, SignsNothingOnAForgedLedgerUntilItIsRepaired) {
    struct Forgery {
        std::string name;
        std::function<void()> make;
        std::string said;
    };
    const std::vector<Forgery> forgeries{
        {"an old sale, its tiles, rollup and root",
         [this] {
             raise(3);
             set_root(rebuild_tiles());
         },
         "root is not the one that was signed"},
        {"all but the root",
         [this] {
             raise(3);
             rebuild_tiles();
         },
         "do not lead to the root"},
        {"the right edge",
         [this] {
             sql("UPDATE tile SET hashes = CONCAT(REPEAT('x', 32), SUBSTR(hashes, 33)) WHERE "
                 "tile_index = 1");
         },
         "do not lead to the root"},
        {"a short tile", [this] { sql("UPDATE tile SET hashes = SUBSTR(hashes, 33) WHERE tile_index = 1"); },
         "has not 44 hashes"},
        {"a tile too many", [this] { sql("INSERT INTO tile VALUES (0, 2, REPEAT('x', 32))"); },
         "is not the last of its level"},
        {"a level too many", [this] { sql("INSERT INTO tile VALUES (2, 0, REPEAT('x', 32))"); },
         "lies beyond"},
        {"the last entry",
         [this] {
             sql("UPDATE ledger_entry SET body = REPLACE(body, '310112', '310115') WHERE "
                 "entry_index >= 256");
         },
         "has not the hash of its leaf"},
        {"an entry too many",
         [this] {
             sql("INSERT INTO ledger_entry SELECT 300, leaf_hash, body, order_id, line_id, month, "
                 "county_code, "
                 "lot_id, channel, NULL, NULL FROM kept_ledger_entry LIMIT 1");
         },
         "the last entry is not"},
        {"the size", [this] { sql("UPDATE ledger_head SET size = 299"); }, "entries, the signed checkpoint"},
        {"the key",
         [this] {
             NoteSigner other{
                 "shanhai/ledger",
                 std::move(*security::Ed25519Key::from_pem(security::Ed25519Key::generate_pem()))};
             set_note(other.sign({"shanhai/ledger", orders_max, leaf_hash("x")}));
         },
         "was not signed with our key"}};
    learn_all(order(1000, 1));
    for (const auto& forgery : forgeries) {
        forgery.make();
        const auto size = host_.number("SELECT COUNT(*) FROM ledger_entry");
        EXPECT_FALSE(sequencer_->inspect()) << forgery.name;
        EXPECT_FALSE(sequencer_->append_some()) << forgery.name;
        EXPECT_FALSE(sequencer_->finding().good) << forgery.name;
        EXPECT_NE(sequencer_->finding().detail.find(forgery.said), std::string::npos)
            << forgery.name << ": " << sequencer_->finding().detail;
        EXPECT_EQ(host_.number("SELECT COUNT(*) FROM ledger_entry"), size);
        restore();
    }
    EXPECT_EQ(sequence(), 1U);
    EXPECT_TRUE(sequencer_->finding().good);
}

TEST_F(Integrity, NeverSignsAnEmptyTreeOverEntries) {
    sql("DELETE FROM ledger_head");
    EXPECT_THROW(host_.run(make_service), std::runtime_error);
}

TEST_F(Integrity, RecomputesOneMonthAtATimeAndTellsOthersToComeAgain) {
    Recomputer recomputer{host_.pool().options(), signer_};
    const auto run = recomputer.ask(*Month::parse("2026-05"));  // It is not started: it stays running.
    ASSERT_TRUE(run);
    EXPECT_EQ(recomputer.ask(*Month::parse("2026-05"))->number, run->number);
    const auto other = recomputer.ask(*Month::parse("2026-04"));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code(), "recomputation-running");
    EXPECT_TRUE(other.error().retry_after());
    recomputer.keep(run->number);
    recomputer.start();
    EXPECT_TRUE(support::eventually([&] { return recomputer.look(run->number)->found.has_value(); }));
    const auto taken_up = recomputer.ask(*Month::parse("2026-05"));
    EXPECT_EQ(taken_up->number, run->number);
    EXPECT_EQ(taken_up->found->entries, orders_max);
    EXPECT_NE(recomputer.ask(*Month::parse("2026-05"))->number, run->number);
    recomputer.stop();
}

TEST_F(Integrity, GivesNobodyAVerdictOfBefore) {
    Recomputer recomputer{host_.pool().options(), signer_, std::chrono::seconds{0}};
    recomputer.start();
    const auto run = recomputer.ask(*Month::parse("2026-05"));
    recomputer.keep(run->number);
    ASSERT_TRUE(support::eventually([&] { return recomputer.look(run->number)->found.has_value(); }));
    EXPECT_NE(recomputer.ask(*Month::parse("2026-05"))->number, run->number);
    recomputer.stop();
}

TEST_F(Integrity, EndsARecomputationOfWhatCannotBeRead) {
    Recomputer recomputer{host_.pool().options(), signer_};
    recomputer.start();
    sql("DELETE FROM ledger_head");
    const auto run = recomputer.ask(*Month::parse("2026-05"));
    ASSERT_TRUE(run);
    const auto failed = [&] {
        const auto looked = recomputer.look(run->number);
        return !looked && looked.error().code() == "recomputation-failed";
    };
    ASSERT_TRUE(support::eventually(failed));
    restore();
    const auto other = recomputer.ask(std::nullopt);
    ASSERT_TRUE(other) << "the next one may begin";
    EXPECT_TRUE(support::eventually([&] { return recomputer.look(other->number)->found.has_value(); }));
    EXPECT_TRUE(recomputer.look(other->number)->found->equal());
    recomputer.stop();
}

TEST_F(Integrity, SaysWhenSalesCannotBeTakenIn) {
    learn_all(order(1000, 1));
    sql("UPDATE pending_sale SET fact = 'garbled'");
    sequencer_->start();
    EXPECT_TRUE(support::eventually([this] { return !sequencer_->finding().good; }));
    EXPECT_TRUE(support::eventually([this] { return !sequencer_->queue_finding().good; }));
    sql("DELETE FROM pending_sale");
    sequencer_->wake();
    EXPECT_TRUE(support::eventually([this] { return sequencer_->finding().good; }));
    sequencer_->stop();
}

}  // namespace
}  // namespace shanhai::audit
