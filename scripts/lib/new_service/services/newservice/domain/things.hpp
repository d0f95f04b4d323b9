#pragma once

#include "vocabulary/result.hpp"

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace shanhai::newservice {

enum class ThingId : std::uint64_t {};

struct Thing {
    ThingId id{};
    std::string name;
};

/// Where things are kept.
class Things {
public:
    virtual ~Things() = default;

    /// At most `count` things behind `after`, in the order of their ids.
    virtual boost::asio::awaitable<Result<std::vector<Thing>>> list(ThingId after, std::size_t count) = 0;
};

}  // namespace shanhai::newservice
