#pragma once

#include "chassis/http/message.hpp"

#include <boost/asio/awaitable.hpp>
#include <string>
#include <string_view>

namespace shanhai::http {

/// What becomes of an answer's body on its way.
enum class Packing {
    none,            ///< It goes as it is.
    at_once,         ///< Gzip takes well under a millisecond.
    piece_by_piece,  ///< It is long: the loop must get its turn in between.
    refused,         ///< The client takes neither gzip nor the body as it is: 406.
};

/// Decides for text of at least 1 KB that may be kept by caches; adds Vary to what depends on
/// Accept-Encoding. What is `no-store` (keys, tokens) is not packed: its length must not tell what is in it.
/// 304s get the tag that the packed form has when the client named that one.
Packing packing_of(const Request& request, Response& response);

/// Gzips the body and renames its tag. A shared body is packed once for each thread, and kept.
void pack_at_once(Response& response);
/// The same, giving way to others after each piece of 64 KB. Called on the executor that runs it.
boost::asio::awaitable<void> pack_piece_by_piece(Response& response);

/// Whole, at the best level: for what is packed once and sent often.
std::string gzipped_well(std::string_view plain);

}  // namespace shanhai::http
