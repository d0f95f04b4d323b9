#include "channel/domain/playlist.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <algorithm>
#include <map>

namespace shanhai::channel {
namespace {

constexpr std::int64_t epoch = 1'777'600'000;  // A second in May 2026.

Instant second(std::int64_t count) { return Instant{std::chrono::seconds{epoch + count}}; }

PlaylistItem item(std::uint64_t product, std::int64_t from, std::int64_t to, std::int64_t seconds = 15) {
    return {ProductId{product}, second(from), second(to), seconds};
}

/// A playlist of up to eight items within about half an hour; products are numbered by their place.
Playlist any_playlist() {
    const auto count = *rc::gen::inRange(0, 8);
    std::vector<PlaylistItem> items;
    for (int i = 0; i < count; ++i) {
        const auto from = *rc::gen::inRange(0, 1000);
        const auto length = *rc::gen::inRange(1, 1000);
        items.push_back(
            item(static_cast<std::uint64_t>(i) + 1, from, from + length, *rc::gen::inRange(1, 60)));
    }
    return *Playlist::draft(std::move(items));
}

std::vector<PlaylistItem> playing(const Playlist& playlist, Instant at) {
    std::vector<PlaylistItem> found;
    for (const auto& each : playlist.items()) {
        if (each.plays_at(at)) found.push_back(each);
    }
    return found;
}

TEST(Playlist, ShowsAnItemExactlyWhenOnePlays) {
    EXPECT_TRUE(rc::check([] {
        const auto playlist = any_playlist();
        const auto at =
            second(*rc::gen::inRange(-100, 2100)) + std::chrono::microseconds{*rc::gen::inRange(0, 999'999)};
        const auto shown = playlist.playing_at(at);
        const auto candidates = playing(playlist, at);
        RC_ASSERT(shown.has_value() == !candidates.empty());
        if (!shown) return;
        RC_ASSERT(std::ranges::any_of(candidates, [&](const auto& each) { return each.product == *shown; }));
    }));
}

TEST(Playlist, GivesEachItemItsSecondsOfEveryRound) {
    EXPECT_TRUE(rc::check([] {
        const auto count = *rc::gen::inRange(1, 6);
        std::vector<PlaylistItem> items;
        std::int64_t round = 0;
        for (int i = 0; i < count; ++i) {
            items.push_back(item(static_cast<std::uint64_t>(i) + 1, 0, 100'000, *rc::gen::inRange(1, 40)));
            round += items.back().seconds;
        }
        const auto playlist = *Playlist::draft(items);
        const auto start = *rc::gen::inRange(0, 50'000);  // A round may be looked at from any second on.
        std::map<ProductId, std::int64_t> shown;
        for (std::int64_t i = 0; i < round; ++i) ++shown[playlist.playing_at(second(start + i)).value()];
        for (const auto& each : items) RC_ASSERT(shown[each.product] == each.seconds);
    }));
}

TEST(Playlist, TakesTurnsInTheOrderOfTheList) {
    const auto playlist = *Playlist::draft({item(1, 0, 1000, 10), item(2, 0, 1000, 20)});
    ProductId before = playlist.playing_at(second(0)).value();
    int changes = 0;
    for (int i = 1; i <= 90; ++i) {
        const auto now_shown = playlist.playing_at(second(i)).value();
        if (now_shown != before) ++changes;
        before = now_shown;
    }
    EXPECT_EQ(changes, 6) << "three rounds of thirty seconds";
}

TEST(Playlist, DependsOnTheMomentAlone) {
    EXPECT_TRUE(rc::check([] {
        const auto playlist = any_playlist();
        const auto copy = playlist;
        const auto at = second(*rc::gen::inRange(0, 2000));
        RC_ASSERT(playlist.playing_at(at) == copy.playing_at(at));
        RC_ASSERT(playlist.playing_at(at) == playlist.playing_at(at));
        RC_ASSERT(playlist.nearest_to(at).has_value() == !playlist.items().empty());
    }));
}

TEST(Playlist, ShowsTheOnlyItemAllTheTime) {
    const auto playlist = *Playlist::draft({item(7, 0, 60, 5)});
    for (int i = 0; i < 60; ++i) EXPECT_EQ(playlist.playing_at(second(i)), ProductId{7});
    EXPECT_FALSE(playlist.playing_at(second(60)));
    EXPECT_FALSE(playlist.playing_at(second(-1)));
}

TEST(Playlist, RemembersWhatWasSeenLast) {
    const auto playlist = *Playlist::draft({item(1, 0, 100), item(2, 200, 300), item(3, 500, 600)});
    EXPECT_EQ(playlist.nearest_to(second(-5)), ProductId{1});
    EXPECT_EQ(playlist.nearest_to(second(150)), ProductId{1});
    EXPECT_EQ(playlist.nearest_to(second(400)), ProductId{2});
    EXPECT_EQ(playlist.nearest_to(second(9999)), ProductId{3});
    EXPECT_FALSE(Playlist{}.nearest_to(second(0)));
}

TEST(Playlist, NamesTheItemThatBreaksARule) {
    struct Case {
        PlaylistItem item;
        const char* pointer;
    };
    const Case cases[] = {{item(1, 10, 10), "/items/1/to"},
                          {item(1, 0, 10, 0), "/items/1/seconds"},
                          {item(1, 0, 10, 3601), "/items/1/seconds"}};
    for (const auto& [bad, pointer] : cases) {
        const auto refused = Playlist::draft({item(1, 0, 10), bad});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().fields().at(0).pointer, pointer);
    }
    EXPECT_FALSE(Playlist::draft(std::vector<PlaylistItem>(201, item(1, 0, 10))));
}

}  // namespace
}  // namespace shanhai::channel
