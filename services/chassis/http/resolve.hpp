#pragma once

#include "vocabulary/result.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <string>
#include <vector>

namespace shanhai::http {

/// The endpoints of a host, which may be an address. The system's look-up has a time limit of its own that
/// cannot be changed, so a thread waits for it that nobody waits for beyond the deadline; of those there are
/// at most eight. The caller's loop goes on meanwhile. Fails with Failure::unavailable `name-unknown`,
/// `name-too-late`.
boost::asio::awaitable<Result<std::vector<boost::asio::ip::tcp::endpoint>>> resolve(
    std::string host, std::uint16_t port, std::chrono::steady_clock::time_point deadline);

/// How names are looked up; tests put something slow in its place. Fills in the addresses; true when it
/// could.
using LookUp = bool (*)(const std::string& host, std::vector<boost::asio::ip::address>& found);
LookUp replace_look_up(LookUp other);

}  // namespace shanhai::http
