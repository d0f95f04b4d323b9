#pragma once

#include <span>
#include <string>
#include <string_view>

namespace shanhai::fuzz {

/// Says what is wrong when these bytes come from outside; empty: nothing. Throws nothing, whatever they are.
using Check = std::string (*)(std::string_view bytes);

std::string fault_of_requests(std::string_view bytes);    ///< What a connection reads, in any pieces.
std::string fault_of_json(std::string_view bytes);        ///< A body, read by Fields.
std::string fault_of_parameters(std::string_view bytes);  ///< Path and query, decoded and read by Parameters.
std::string fault_of_sql(std::string_view bytes);         ///< A statement's values, as the server reads it.
std::string fault_of_tokens(std::string_view bytes);      ///< Access tokens, and tokens with a MAC.
std::string fault_of_frames(std::string_view bytes);      ///< A frame of facts, and the body of a feed.
std::string fault_of_notes(std::string_view bytes);       ///< Signed checkpoints and their verifier keys.
std::string fault_of_tile_path(std::string_view bytes);   ///< Places of tiles.
std::string fault_of_csv(std::string_view bytes);         ///< A table that somebody hands in.

struct Target {
    std::string_view name;  ///< Also of its folder in corpus/.
    Check check;
};

inline constexpr Target targets[] = {
    {"request_reader", fault_of_requests},
    {"json", fault_of_json},
    {"parameters", fault_of_parameters},
    {"sql", fault_of_sql},
    {"tokens", fault_of_tokens},
    {"frames", fault_of_frames},
    {"notes", fault_of_notes},
    {"tile_path", fault_of_tile_path},
    {"csv", fault_of_csv},
};

/// A number that the bytes choose, so that an input is everything that a check does.
inline std::size_t choice_of(std::string_view bytes, std::size_t among) {
    return among == 0 ? 0 : std::hash<std::string_view>{}(bytes) % among;
}

}  // namespace shanhai::fuzz
