#include "channel/http/code_pictures.hpp"

#include "channel/http/qr_code.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace shanhai::channel {

int CodePictures::size_for(int wanted) {
    const auto* const found = std::ranges::find_if(sizes, [wanted](int size) { return size >= wanted; });
    return found == sizes.end() ? sizes.back() : *found;
}

boost::asio::awaitable<std::shared_ptr<const std::string>> CodePictures::png(std::string text, int size) {
    const auto name = std::to_string(size) + ' ' + text;
    auto picture = find(name);
    if (picture) co_return picture;
    auto drawing = draw(std::move(text), size);
    const auto executor = workers_.executor();
    picture = co_await boost::asio::co_spawn(executor, std::move(drawing), boost::asio::use_awaitable);
    keep(name, picture);
    co_return picture;
}

boost::asio::awaitable<CodePictures::Picture> CodePictures::draw(std::string text, int size) {
    const QrCode code{text};
    co_return std::make_shared<const std::string>(code.png(size));
}

std::size_t CodePictures::drawn() const {
    const std::lock_guard lock{mutex_};
    return drawn_;
}

CodePictures::Picture CodePictures::find(const std::string& name) {
    const std::lock_guard lock{mutex_};
    const auto found = places_.find(name);
    if (found == places_.end()) return nullptr;
    kept_.splice(kept_.begin(), kept_, found->second);
    return found->second->picture;
}

void CodePictures::keep(const std::string& name, const Picture& picture) {
    const std::lock_guard lock{mutex_};
    ++drawn_;
    if (places_.contains(name)) return;
    if (kept_.size() >= kept_max) {
        places_.erase(kept_.back().name);
        kept_.pop_back();
    }
    kept_.push_front({name, picture});
    places_.emplace(name, kept_.begin());
}

}  // namespace shanhai::channel
