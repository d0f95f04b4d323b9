#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::fuzz {

/// The inputs that are kept for a target, in an order that is always the same.
std::vector<std::string> corpus_of(std::string_view target);

/// A neighbour of a text: that is where readers break.
std::string mutated(std::string text, const std::vector<std::string>& others, std::mt19937_64& random);

}  // namespace shanhai::fuzz
