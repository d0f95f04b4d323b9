#include "chassis/http/kept_pages.hpp"

namespace shanhai::http {

std::shared_ptr<const std::string> KeptPages::body_of(const std::string& etag, std::string page) {
    const std::lock_guard lock{mutex_};
    const auto found = pages_.find(etag);
    if (found != pages_.end()) return found->second;
    // What is asked for often is soon there again.
    if (pages_.size() >= pages_max) pages_.clear();
    return pages_.emplace(etag, std::make_shared<const std::string>(std::move(page))).first->second;
}

}  // namespace shanhai::http
