#pragma once

#include <sstream>
#include <string>
#include <vector>

namespace shanhai::database {

// Short lists in one column: one text a line; no text holds a line break.

inline std::string lines_of(const std::vector<std::string>& words) {
    std::string lines;
    for (const auto& word : words) lines += (lines.empty() ? "" : "\n") + word;
    return lines;
}

inline std::vector<std::string> words_of(const std::string& lines) {
    std::vector<std::string> words;
    std::istringstream stream{lines};
    for (std::string word; std::getline(stream, word);) words.push_back(word);
    return words;
}

}  // namespace shanhai::database
