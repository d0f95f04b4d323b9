#include "vocabulary/shared_order.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <map>
#include <random>
#include <string>

namespace shanhai {
namespace {

struct Entry {
    int key = 0;
    std::string text;

    friend bool operator==(const Entry&, const Entry&) = default;
};
struct ByKey {
    bool operator()(const Entry& left, const Entry& right) const { return left.key < right.key; }
};
using Order = SharedOrder<Entry, ByKey>;

std::vector<Entry> listed(const Order& order) { return {order.begin(), order.end()}; }
std::vector<Entry> listed(const std::map<int, std::string>& known) {
    std::vector<Entry> entries;
    for (const auto& [key, text] : known) entries.push_back({key, text});
    return entries;
}

RC_GTEST_PROP(SharedOrder, HoldsWhatAMapHoldsAndLeavesItsCopiesAlone, ()) {
    Order order;
    std::map<int, std::string> known;
    const auto steps = *rc::gen::inRange(1, 4000);
    std::mt19937 random{*rc::gen::arbitrary<std::uint32_t>()};
    const auto any = [&random](int below) { return std::uniform_int_distribution{0, below - 1}(random); };
    Order earlier;
    std::vector<Entry> as_it_was;
    for (int step = 0; step < steps; ++step) {
        if (step == steps / 2) {
            earlier = order;
            as_it_was = listed(order);
        }
        const int key = any(3000);
        if (any(3) == 0) {
            RC_ASSERT(order.erase({key, {}}) == (known.erase(key) == 1));
        } else {
            order.put({key, std::to_string(step)});
            known.insert_or_assign(key, std::to_string(step));
        }
    }
    RC_ASSERT(order.size() == known.size());
    RC_ASSERT(listed(order) == listed(known));
    RC_ASSERT(listed(earlier) == as_it_was);
}

TEST(SharedOrder, IsEmptyWhenAllThatWasPutIsErased) {
    Order order;
    for (int key = 0; key < 2000; ++key) order.put({key, "x"});
    for (int key = 1999; key >= 0; --key) EXPECT_TRUE(order.erase({key, {}}));
    EXPECT_TRUE(order.empty());
    EXPECT_EQ(order.begin(), order.end());
    EXPECT_FALSE(order.erase({5, {}}));
    order.put({5, "again"});
    EXPECT_EQ(listed(order), (std::vector<Entry>{{5, "again"}}));
}

}  // namespace
}  // namespace shanhai
