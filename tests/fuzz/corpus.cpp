#include "fuzz/corpus.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace shanhai::fuzz {

namespace fs = std::filesystem;

std::vector<std::string> corpus_of(std::string_view target) {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator{fs::path{SHANHAI_FUZZ_CORPUS} / target}) {
        paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    std::vector<std::string> texts;
    for (const auto& path : paths) {
        std::ifstream in{path, std::ios::binary};
        texts.emplace_back(std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{});
    }
    return texts;
}

std::string mutated(std::string text, const std::vector<std::string>& others, std::mt19937_64& random) {
    static constexpr std::string_view favourites{"\r\n :,;%/?#@*[]0a=\"\0\t\x7f\x80\xff", 23};
    for (auto changes = 1 + random() % 4; changes > 0 && !text.empty(); --changes) {
        const auto at = random() % text.size();
        const auto& other = others[random() % others.size()];
        switch (random() % 6) {
            case 0:
                text[at] = favourites[random() % favourites.size()];
                break;
            case 1:
                text.insert(at, 1, favourites[random() % favourites.size()]);
                break;
            case 2:
                text.erase(at, 1 + random() % 8);
                break;
            case 3:
                text.insert(at, text.substr(random() % text.size(), 1 + random() % 40));
                break;
            case 4:
                text.insert(at, other.substr(random() % (other.size() + 1), 1 + random() % 200));
                break;
            default:
                text.insert(at, random() % 9000, static_cast<char>('a' + random() % 26));
        }
    }
    return text;
}

}  // namespace shanhai::fuzz
