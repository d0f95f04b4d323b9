#include "audit/domain/entry.hpp"
#include "audit/domain/signed_note.hpp"
#include "audit/domain/tiles.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shanhai::audit {
namespace {

Sale sale() {
    Sale sale;
    sale.order_number = "SH2026050412345678901";
    sale.line = OrderLineId{7};
    sale.paid_at = *parse_rfc3339("2026-04-30T16:30:00Z");  // The first of May in Shanghai.
    sale.county_code = "530624";
    sale.merchant = MerchantId{3};
    sale.lot_code = "DG\"2604\n";
    sale.quantity = 2;
    sale.weight = Gram{1000};
    sale.unit_price = Fen{1980};
    sale.total = Fen{3960};
    sale.counted = true;
    sale.channel = "METRO_QR";
    sale.snapshot_hash = std::string(32, '\x0f');
    return sale;
}

TEST(Entry, HasOneFormWithSortedMembersAndNoSpaces) {
    EXPECT_EQ(
        canonical_entry(sale()),
        R"({"buyer":"","certification":0,"channel":"METRO_QR","counted":true,"county":"530624",)"
        R"("district":"UNALLOCATED","kind":"SALE","line":7,"lot":0,"lot_code":"DG\"2604\n","merchant":3,)"
        R"("month":"2026-05","order":"SH2026050412345678901","paid_at":"2026-04-30T16:30:00Z","pairing":0,)"
        R"("placement":0,"product":0,"product_version":0,"programme":"","purchase_mode":"","quantity":2,)"
        R"("rule":"","sku":0,)"
        R"("snapshot_sha256":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",)"
        R"("total_fen":3960,"trust":"PLATFORM","unit_price_fen":1980,"v":1,"weight_g":1000})");
}

TEST(Entry, ChangesItsHashWithEveryFact) {
    const auto before = leaf_hash(canonical_entry(sale()));
    auto dearer = sale();
    dearer.total = Fen{3961};
    auto elsewhere = sale();
    elsewhere.county_code = "530524";
    auto uncounted = sale();
    uncounted.counted = false;
    for (const auto& other : {dearer, elsewhere, uncounted})
        EXPECT_NE(leaf_hash(canonical_entry(other)), before);
}

class Notes : public testing::Test {
protected:
    static NoteSigner signer(const std::string& origin = "shanhai.example/ledger") {
        return NoteSigner{origin,
                          std::move(*security::Ed25519Key::from_pem(security::Ed25519Key::generate_pem()))};
    }
};

TEST_F(Notes, OpenWithTheKeyThatSignedThem) {
    const auto key = signer();
    const auto note = key.sign({key.origin(), 42, leaf_hash("x")});
    const auto opened = open_checkpoint(note, key.verifier_key());
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->size, 42U);
    EXPECT_EQ(opened->root, leaf_hash("x"));
    EXPECT_FALSE(open_checkpoint(note, signer().verifier_key()));
}

TEST_F(Notes, DoNotOpenAfterAnyByteOfTheTextChanged) {
    const auto key = signer();
    const auto note = key.sign({key.origin(), 42, leaf_hash("x")});
    const auto text_end = note.find("\n\n");
    for (std::size_t i = 0; i <= text_end; ++i) {
        auto forged = note;
        forged[i] = forged[i] == '1' ? '2' : '1';
        EXPECT_FALSE(open_checkpoint(forged, key.verifier_key())) << i;
    }
}

TEST_F(Notes, IgnoreSignaturesOfUnknownKeysButNotAWrongOneOfAKnownKey) {
    const auto key = signer();
    const Checkpoint checkpoint{key.origin(), 42, leaf_hash("x")};
    const auto note = key.sign(checkpoint);
    const auto other = signer("witness.example").sign({"witness.example", 1, leaf_hash("y")});
    const auto stranger = other.substr(other.find("\n\n") + 2);
    EXPECT_TRUE(open_checkpoint(note + stranger, key.verifier_key()));
    const auto wrong = key.sign({key.origin(), 43, leaf_hash("x")});
    EXPECT_FALSE(open_checkpoint(note + wrong.substr(wrong.find("\n\n") + 2), key.verifier_key()));
}

TEST_F(Notes, RefuseWhatIsNoNoteOrNoKey) {
    const auto key = signer();
    EXPECT_THROW(signer("has space"), std::invalid_argument);
    EXPECT_FALSE(open_checkpoint("no note at all", key.verifier_key()));
    EXPECT_FALSE(open_checkpoint(key.sign({key.origin(), 1, leaf_hash("x")}), "garbage"));
}

TEST(Tiles, GrowAsIfTheyHadBeenWrittenAtOnce) {
    EXPECT_TRUE(rc::check([] {
        std::vector<Hash> leaves;
        std::map<TileId, std::vector<Hash>> tiles;
        const auto read = [&](TileId id, std::uint64_t) { return tiles.at(id); };
        for (int batch = 0; batch < 6; ++batch) {
            std::vector<Hash> fresh;
            const auto count = *rc::gen::inRange<std::size_t>(1, 700);
            for (std::size_t i = 0; i < count; ++i)
                fresh.push_back(leaf_hash(std::to_string(leaves.size() + i)));
            for (auto& [id, hashes] : tiles_after_append(leaves.size(), fresh, read)) tiles[id] = hashes;
            leaves.insert(leaves.end(), fresh.begin(), fresh.end());
        }
        const auto at_once =
            tiles_after_append(0, leaves, [](TileId, std::uint64_t) { return std::vector<Hash>{}; });
        RC_ASSERT(tiles == at_once);
        const auto index = *rc::gen::inRange<std::uint64_t>(0, leaves.size());
        const auto proof = inclusion_proof(index, leaves.size(), read);
        RC_ASSERT(
            inclusion_holds(leaves[index], index, leaves.size(), proof, tree_root(leaves.size(), read)));
    }));
}

}  // namespace
}  // namespace shanhai::audit
