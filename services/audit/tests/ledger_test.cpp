#include "audit/domain/certifications.hpp"
#include "audit/domain/entry.hpp"
#include "audit/domain/signed_note.hpp"
#include "audit/domain/tile_path.hpp"
#include "audit/domain/tiles.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <algorithm>
#include <map>

namespace shanhai::audit {
namespace {

Sale sale() {
    Sale sale;
    sale.order = "0a";
    sale.line = 7;
    sale.paid_at = *parse_rfc3339("2026-04-30T16:30:00Z");  // The first of May in Shanghai.
    sale.recorded_at = *parse_rfc3339("2026-04-30T16:30:02Z");
    sale.provider = "wechat";
    sale.county_code = "530624";
    sale.merchant = MerchantId{3};
    sale.lot_code = "DG\"2604\n\x01";
    sale.quantity = 2;
    sale.weight = Gram{1000};
    sale.unit_price = Fen{1980};
    sale.total = Fen{3960};
    sale.counted = true;
    sale.channel = "METRO_QR";
    sale.snapshot_hash = std::string(32, '\x0f');
    sale.buyer = "0b";
    return sale;
}

TEST(Entry, HasOneFormWithSortedMembersAndNoSpaces) {
    EXPECT_EQ(
        canonical_entry(sale()),
        R"({"buyer":"0b","certification":0,"channel":"METRO_QR","counted":true,"county":"530624",)"
        R"("district":"UNALLOCATED","kind":"SALE","line":7,"lot":0,"lot_code":"DG\"2604\n\u0001","merchant":3,)"
        R"("month":"2026-05","order":"0a","paid_at":"2026-04-30T16:30:00Z","pairing":0,)"
        R"("placement":0,"product":0,"product_version":0,"programme":"","provider":"wechat","purchase_mode":"",)"
        R"("quantity":2,"recorded_at":"2026-04-30T16:30:02Z","rule":"","sku":0,)"
        R"("snapshot_sha256":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",)"
        R"("total_fen":3960,"trust":"PLATFORM","unit_price_fen":1980,"v":2,"weight_g":1000})");
}

TEST(Entry, OfVersionOneHasTheFormItHad) {
    auto old = sale();
    old.version = 1;
    old.order = "SH2026050412345678901";
    old.buyer = "";
    old.lot_code = "DG\"2604\n";
    EXPECT_EQ(
        canonical_entry(old),
        R"({"buyer":"","certification":0,"channel":"METRO_QR","counted":true,"county":"530624",)"
        R"("district":"UNALLOCATED","kind":"SALE","line":7,"lot":0,"lot_code":"DG\"2604\n","merchant":3,)"
        R"("month":"2026-05","order":"SH2026050412345678901","paid_at":"2026-04-30T16:30:00Z","pairing":0,)"
        R"("placement":0,"product":0,"product_version":0,"programme":"","purchase_mode":"","quantity":2,)"
        R"("rule":"","sku":0,)"
        R"("snapshot_sha256":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",)"
        R"("total_fen":3960,"trust":"PLATFORM","unit_price_fen":1980,"v":1,"weight_g":1000})");
}

TEST(Entry, IsReadAsItWasWrittenAndInNoOtherForm) {
    EXPECT_TRUE(rc::check([] {
        auto one = sale();
        one.version = *rc::gen::element(1, 2);
        one.lot_code = *rc::gen::arbitrary<std::string>();
        one.quantity = *rc::gen::arbitrary<std::int64_t>();
        one.lot = LotId{*rc::gen::arbitrary<std::uint64_t>()};
        const auto text = canonical_entry(one);
        const auto read = read_entry(text);
        RC_ASSERT(read.has_value());
        RC_ASSERT(canonical_entry(*read) == text);
        RC_ASSERT(read->lot_code == one.lot_code);
        auto cut = text;
        const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
        cut.erase(at, 1);
        const auto shorter = read_entry(cut);  // Either no entry, or another one, never the same.
        const bool other = !shorter || canonical_entry(*shorter) == cut;
        RC_ASSERT(other);
        RC_ASSERT(!read_entry(text + " "));
    }));
    auto text = canonical_entry(sale());
    text.replace(text.find("\"v\":2"), 5, "\"v\":3");
    EXPECT_FALSE(read_entry(text));
    EXPECT_FALSE(read_entry(""));
    EXPECT_FALSE(read_entry("{"));
}

TEST(Entry, SaysWhatMovesNoMoney) {
    EXPECT_EQ(trust_of("sample"), Trust::sample);
    EXPECT_EQ(trust_of("sandbox"), Trust::sample);
    EXPECT_EQ(trust_of("wechat"), Trust::platform);
}

TEST(TilePaths, AreReadAsTheyAreWritten) {
    EXPECT_TRUE(rc::check([] {
        TilePath path{*rc::gen::inRange<std::uint64_t>(0, TilePath::index_max),
                      *rc::gen::inRange<std::uint64_t>(1, 257)};
        RC_ASSERT(parse_tile_path(path.text()) == path);
    }));
}

TEST(TilePaths, AreNothingElse) {
    // Each text in a buffer of exactly its size, so that a sanitizer sees a byte read beyond it.
    const auto parsed = [](const std::string& text) {
        const std::vector<char> bytes{text.begin(), text.end()};
        return parse_tile_path({bytes.data(), bytes.size()});
    };
    for (const std::string text : {"",
                                   "x",
                                   "x1",
                                   "x12",
                                   "x123",
                                   "x123/",
                                   "x123/4",
                                   "x123/x456",
                                   "x123/456/",
                                   "1",
                                   "12",
                                   "1234",
                                   "abc",
                                   "-01",
                                   "+01",
                                   " 01",
                                   "x000/001",
                                   "00x/001",
                                   "001/002",
                                   "x0a1/001",
                                   "001.p/",
                                   "001.p/0",
                                   "001.p/256",
                                   "001.p/01",
                                   "001.p/-1",
                                   "001.p/1/2",
                                   ".p/1",
                                   "000.p/1.p/1",
                                   "x999/x999/x999/x999/x999/x999/x999/999",
                                   "x18446744073709551616/000"}) {
        EXPECT_FALSE(parsed(text)) << text;
    }
    EXPECT_TRUE(rc::check([parsed] {
        const auto text =
            *rc::gen::container<std::string>(rc::gen::element('x', '0', '1', '9', '/', '.', 'p', '\0'));
        const auto path = parsed(text);
        const bool same = !path || path->text() == text;
        RC_ASSERT(same);
    }));
}

CertificationHistory history(std::vector<CertificationStep> steps) {
    return {CertificationId{9}, instant_of(100), instant_of(200), std::move(steps)};
}

TEST(Certifications, AreWhatTheLastStepUntilThenMadeThem) {
    const auto one = history({{instant_of(110), CertificationState::suspended},
                              {instant_of(120), CertificationState::certified},
                              {instant_of(130), CertificationState::revoked}});
    for (const auto& [at, valid] : std::map<std::int64_t, bool>{{99, false},
                                                                {100, true},
                                                                {109, true},
                                                                {110, false},
                                                                {119, false},
                                                                {120, true},
                                                                {129, true},
                                                                {130, false},
                                                                {199, false},
                                                                {200, false}}) {
        EXPECT_EQ(one.valid_at(instant_of(at)), valid) << at;
    }
    EXPECT_EQ(certification_at({one, history({})}, instant_of(150)), CertificationId{9});
    EXPECT_FALSE(certification_at({one}, instant_of(150)));
}

TEST(Proofs, ReadOnlyTheTilesThatTheySayTheyRead) {
    EXPECT_TRUE(rc::check([] {
        const auto size = *rc::gen::inRange<std::uint64_t>(1, 200'000);
        const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
        const auto tiles = tiles_of_proof(index, size);
        const auto read = [&](TileId id, std::uint64_t width) {
            RC_ASSERT(std::ranges::find(tiles, id) != tiles.end());
            return std::vector<Hash>(width);
        };
        (void)inclusion_proof(index, size, read);
        RC_ASSERT(tiles.size() <= 6U);
    }));
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
