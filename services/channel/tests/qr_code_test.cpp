#include "channel/http/qr_code.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

namespace shanhai::channel {
namespace {

const QrCode code{"https://shop.example/s/AAAAAAAAAAFp9AAAG0oVYg"};

TEST(QrCode, HasAQuietZoneOfFourModules) {
    const int side = code.side();
    for (int i = 0; i < side; ++i) {
        for (int edge = 0; edge < 4; ++edge) {
            EXPECT_FALSE(code.dark(i, edge) || code.dark(edge, i));
            EXPECT_FALSE(code.dark(i, side - 1 - edge) || code.dark(side - 1 - edge, i));
        }
    }
}

TEST(QrCode, HasItsThreeFinderPatterns) {
    const int last = code.side() - 1;
    for (const auto& [x, y] : {std::pair{4, 4}, std::pair{last - 10, 4}, std::pair{4, last - 10}}) {
        for (int i = 0; i < 7; ++i) {
            EXPECT_TRUE(code.dark(x + i, y) && code.dark(x, y + i) && code.dark(x + i, y + 6));
        }
        EXPECT_FALSE(code.dark(x + 1, y + 1));
        EXPECT_TRUE(code.dark(x + 3, y + 3));
    }
}

TEST(QrCode, IsDrawnAsOneScalablePath) {
    const auto svg = code.svg(300);
    EXPECT_EQ(svg.substr(0, 4), "<svg");
    EXPECT_NE(svg.find("width=\"300\""), std::string::npos);
    EXPECT_EQ(svg.substr(svg.size() - 6), "</svg>");
}

TEST(QrCode, RefusesAPictureTooSmallForItsModules) {
    EXPECT_EQ(code.png(code.side()).substr(1, 3), "PNG");
    EXPECT_THROW(code.png(code.side() - 1), std::invalid_argument);
}

TEST(QrCode, RefusesTextsThatDoNotFit) {
    EXPECT_THROW(QrCode{std::string(5000, 'x')}, std::runtime_error);
    EXPECT_THROW(QrCode{std::string{}}, std::runtime_error);
}

}  // namespace
}  // namespace shanhai::channel
