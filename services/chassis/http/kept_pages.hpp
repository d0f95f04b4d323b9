#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace shanhai::http {

/// Pages that are made for each request and come out the same until something changes: the same bytes are one
/// shared body, which is packed once and well. Safe from any thread.
class KeptPages {
public:
    /// The body of this page, by its tag.
    std::shared_ptr<const std::string> body_of(const std::string& etag, std::string page);

private:
    static constexpr std::size_t pages_max = 128;

    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const std::string>> pages_;
};

}  // namespace shanhai::http
