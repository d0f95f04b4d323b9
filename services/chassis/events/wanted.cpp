#include "chassis/events/wanted.hpp"

#include <algorithm>
#include <stdexcept>

namespace shanhai::events {
namespace {

constexpr std::string_view latest_mark = ":latest";

Wanted one_of(std::string_view word) {
    Wanted one;
    if (word.ends_with(latest_mark)) {
        one.past = Past::latest;
        word.remove_suffix(latest_mark.size());
    }
    const auto of_a_name = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_';
    };
    if (word.empty() || !std::ranges::all_of(word, of_a_name)) {
        throw std::invalid_argument{"not a kind of fact"};
    }
    one.type = word;
    return one;
}

}  // namespace

std::string wanted_text(const std::vector<Wanted>& wanted) {
    std::string text;
    for (const auto& one : wanted) {
        if (!text.empty()) text += ',';
        text += one.type;
        if (one.past == Past::latest) text += latest_mark;
    }
    return text;
}

std::vector<Wanted> wanted_of(const std::string& text) {
    std::vector<Wanted> wanted;
    std::string_view rest = text;
    for (;;) {
        const auto comma = rest.find(',');
        wanted.push_back(one_of(rest.substr(0, comma)));
        if (comma == std::string_view::npos) return wanted;
        rest.remove_prefix(comma + 1);
    }
}

}  // namespace shanhai::events
