#include "channel/http/code_pictures.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <thread>

namespace shanhai::channel {
namespace {

std::shared_ptr<const std::string> drawn(CodePictures& pictures, std::string text, int size) {
    boost::asio::io_context io{1};
    std::shared_ptr<const std::string> picture;
    std::thread::id back;
    boost::asio::co_spawn(io, pictures.png(std::move(text), size),
                          [&](std::exception_ptr error, std::shared_ptr<const std::string> found) {
                              EXPECT_FALSE(error);
                              picture = std::move(found);
                              back = std::this_thread::get_id();
                          });
    io.run();
    EXPECT_EQ(back, std::this_thread::get_id()) << "whoever asks goes on where it was";
    return picture;
}

TEST(CodePictures, AreDrawnOnce) {
    CodePictures pictures;
    const auto first = drawn(pictures, "https://shop/s/a", 400);
    EXPECT_EQ(first->substr(1, 3), "PNG");
    EXPECT_EQ(drawn(pictures, "https://shop/s/a", 400), first);
    EXPECT_EQ(pictures.drawn(), 1U);
    EXPECT_NE(drawn(pictures, "https://shop/s/a", 200), first);
    EXPECT_NE(drawn(pictures, "https://shop/s/b", 400), first);
    EXPECT_EQ(pictures.drawn(), 3U);
}

TEST(CodePictures, AreForgottenWhenThereAreManyOthers) {
    CodePictures pictures;
    for (std::size_t i = 0; i <= CodePictures::kept_max; ++i) drawn(pictures, std::to_string(i), 200);
    const auto before = pictures.drawn();
    drawn(pictures, std::to_string(CodePictures::kept_max), 200);
    EXPECT_EQ(pictures.drawn(), before);
    drawn(pictures, "0", 200);
    EXPECT_EQ(pictures.drawn(), before + 1);
}

TEST(CodePictures, HaveFewSizes) {
    EXPECT_EQ(CodePictures::size_for(100), 200);
    EXPECT_EQ(CodePictures::size_for(200), 200);
    EXPECT_EQ(CodePictures::size_for(401), 600);
    EXPECT_EQ(CodePictures::size_for(1024), 1024);
    EXPECT_EQ(CodePictures::size_for(5000), 1024);
}

}  // namespace
}  // namespace shanhai::channel
