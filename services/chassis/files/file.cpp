#include "chassis/files/file.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shanhai::files {
namespace {

using namespace std::string_view_literals;

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> meanings{{
    {"digest-differs", "what came is not what was announced: its SHA-256 is another"},
    {"not-what-it-says", "the file is of another kind than it was said to be"},
    {"not-readable", "the picture is broken, or none"},
    {"too-many-pixels", "a picture has at most 50 million pixels, and 20,000 on a side"},
    {"too-costly", "the picture takes more memory or time than pictures do"},
}};

/// Readers look for the mark of the end in the last bytes only.
constexpr std::size_t pdf_end_within = 2048;

}  // namespace

std::string_view meaning_of(std::string_view refusal) {
    const auto* const found =
        std::ranges::find(meanings, refusal, [](const auto& pair) { return pair.first; });
    return found == meanings.end() ? "the file cannot be kept" : found->second;
}

std::optional<MediaType> kind_of(std::string_view bytes) {
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return MediaType::png;
    if (bytes.starts_with("\xff\xd8\xff"sv)) return MediaType::jpeg;
    if (bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP")
        return MediaType::webp;
    const auto end = bytes.substr(bytes.size() - std::min(bytes.size(), pdf_end_within));
    if (bytes.starts_with("%PDF-") && end.find("%%EOF") != end.npos) return MediaType::pdf;
    return std::nullopt;
}

}  // namespace shanhai::files
