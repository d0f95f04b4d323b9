#pragma once

#include <cstdint>
#include <string_view>

namespace shanhai::fuzz {

/// Reads the bytes as a connection would, once in one piece and once in pieces that `splits` chooses, and
/// says what is wrong: other requests than in one piece, or a text of a request that lies outside the
/// reader's memory. Empty: nothing. Reads every byte that a handler may read, for the sanitizers.
std::string_view fault_of_reading(std::string_view bytes, std::uint64_t splits);

}  // namespace shanhai::fuzz
