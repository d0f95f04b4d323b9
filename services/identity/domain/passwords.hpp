#pragma once

#include "vocabulary/result.hpp"

#include <boost/asio/awaitable.hpp>
#include <string>

namespace shanhai::identity {

/// Slow hashes, off the calling thread. Fails with Failure::unavailable when too many are waiting.
class Passwords {
public:
    virtual ~Passwords() = default;
    virtual boost::asio::awaitable<Result<std::string>> hash(std::string password) = 0;
    virtual boost::asio::awaitable<Result<bool>> matches(std::string hash, std::string password) = 0;
};

}  // namespace shanhai::identity
