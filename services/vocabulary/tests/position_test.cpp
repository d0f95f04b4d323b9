#include "vocabulary/position.hpp"

#include <gtest/gtest.h>
#include <cmath>
#include <limits>
#include <utility>

namespace shanhai {
namespace {

TEST(Position, IsKeptToAMetreAndShownToAKilometre) {
    const auto field = Position::of(27.748914, 103.886996);
    ASSERT_TRUE(field);
    EXPECT_EQ(field->latitude_e5(), 2'774'891);
    EXPECT_EQ(field->longitude_e5(), 10'388'700);
    EXPECT_EQ(*Position::of(field->latitude(), field->longitude()), *field);
    EXPECT_EQ(Position::of_e5(2'774'891, 10'388'700), *field);
    EXPECT_EQ(field->about(), *Position::of(27.75, 103.89));
    EXPECT_EQ(field->about().about(), field->about());
}

TEST(Position, ComesBackAsItWasWritten) {
    for (std::int64_t e5 = Position::latitude_e5_min; e5 <= Position::latitude_e5_max; e5 += 997) {
        const auto there = Position::of_e5(e5, 10'000'001);
        ASSERT_TRUE(there) << e5;
        ASSERT_EQ(there->latitude_e5(), e5);
        ASSERT_LE(std::abs(there->about().latitude_e5() - e5), 500) << e5;
    }
}

TEST(Position, LiesInChina) {
    for (const auto& [latitude, longitude] : {std::pair{3.0, 73.0}, {54.0, 136.0}})
        EXPECT_TRUE(Position::of(latitude, longitude)) << latitude;
    const auto nan = std::numeric_limits<double>::quiet_NaN();
    const auto infinity = std::numeric_limits<double>::infinity();
    for (const double latitude : {2.99999, 54.00001, -27.0, 103.89, nan, infinity}) {
        const auto refused = Position::of(latitude, 103.89);
        ASSERT_FALSE(refused) << latitude;
        EXPECT_EQ(refused.error().fields().at(0).pointer, "/latitude");
    }
    for (const double longitude : {72.99999, 136.00001, -103.0, 27.75, nan, -infinity}) {
        const auto refused = Position::of(27.75, longitude);
        ASSERT_FALSE(refused) << longitude;
        EXPECT_EQ(refused.error().fields().at(0).pointer, "/longitude");
    }
    EXPECT_FALSE(Position::of_e5(0, 0));
    EXPECT_EQ(Position::of_e5(Position::latitude_e5_max, Position::longitude_e5_max)->about().latitude_e5(),
              Position::latitude_e5_max);
}

}  // namespace
}  // namespace shanhai
