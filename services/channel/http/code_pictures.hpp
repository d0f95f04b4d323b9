#pragma once

#include "chassis/workers.hpp"

#include <array>
#include <boost/asio/awaitable.hpp>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace shanhai::channel {

/// Draws codes on a thread of its own, since a large one takes 25 ms, and keeps what it drew last. For as
/// long as nobody asks there is no thread.
class CodePictures {
public:
    /// The widths in pixels that pictures are drawn in.
    static constexpr std::array<int, 5> sizes{200, 300, 400, 600, 1024};
    static constexpr std::size_t kept_max = 256;

    /// The smallest of the sizes that is as wide, or the largest.
    static int size_for(int wanted);

    /// The PNG of a code that says `text`. Whoever asks for the same while it is drawn may have it drawn
    /// twice.
    boost::asio::awaitable<std::shared_ptr<const std::string>> png(std::string text, int size);

    /// How many pictures were drawn so far.
    std::size_t drawn() const;

private:
    using Picture = std::shared_ptr<const std::string>;
    struct Kept {
        std::string name;
        Picture picture;
    };

    boost::asio::awaitable<Picture> draw(std::string text, int size);
    Picture find(const std::string& name);
    void keep(const std::string& name, const Picture& picture);

    mutable std::mutex mutex_;
    std::list<Kept> kept_;  // The one asked for last stands in front.
    std::unordered_map<std::string, std::list<Kept>::iterator> places_;
    std::size_t drawn_ = 0;
    chassis::Workers workers_{1};
};

}  // namespace shanhai::channel
