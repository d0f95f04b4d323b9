#pragma once

#include "vocabulary/result.hpp"
#include "vocabulary/time.hpp"
#include "vocabulary/trade.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shanhai::files {

enum class FileId : std::uint64_t {};

/// What is taken. Pictures are decoded and kept in the sizes that pages need; a PDF is kept as it came.
enum class MediaType { pdf, jpeg, png, webp };

enum class FileState {
    receiving,  ///< Its pieces are coming, or all are there and nobody has looked at them yet.
    stored,     ///< All of it came, and it is what it was said to be.
    refused,    ///< It is not; `refusal` says what is wrong. What came of it is gone.
};

/// Bytes that a file may have.
inline constexpr std::int64_t size_max = 20 * 1024 * 1024;
/// Bytes that may come in one request, below what a request's body may have.
inline constexpr std::int64_t piece_max = 192 * 1024;
/// Files that one organisation may be in the middle of handing in.
inline constexpr std::int64_t receiving_max = 50;
/// Bytes of all files of one organisation, those that are still coming included.
inline constexpr std::int64_t owned_bytes_max = 2LL * 1024 * 1024 * 1024;

/// Of a stranger: bytes that a file may have, and files that one key may hold.
inline constexpr std::int64_t stranger_size_max = 5 * 1024 * 1024;
inline constexpr std::int64_t held_max = 10;
/// Bytes of all files that strangers hold, of those that are still coming what has come: what is announced
/// and never sent takes nobody's room. One network comes nowhere near it in the time for which they are kept
/// (see `objection-papers` of the limiter).
inline constexpr std::int64_t held_bytes_max = 1024LL * 1024 * 1024;

/// What somebody says of a file before it comes.
struct NewFile {
    static constexpr std::size_t name_max = 100;

    std::string name;  ///< As it is called where it comes from; only shown.
    MediaType media_type = MediaType::pdf;
    std::int64_t size_bytes = 0;
    std::string sha256;  ///< 32 bytes.
};

/// Who hands it in: somebody of an organisation, or a stranger, whom nothing but a key tells from others.
struct Uploader {
    /// In the place of an organisation, of all strangers.
    static constexpr std::uint64_t strangers = ~0ULL;

    std::uint64_t account = 0;
    std::uint64_t organisation = 0;  ///< 0: of none.
    std::string holder{};            ///< Of a stranger: the SHA-256 of the key.

    static Uploader by_key(std::string key_sha256) { return {0, strangers, std::move(key_sha256)}; }
    bool stranger() const { return organisation == strangers; }
};

/// A size or form in which the content of a file is kept: "original", or of a picture "800.webp" …
struct Form {
    std::string name;
    std::string media_type;
    std::int64_t width = 0;  ///< Pixels; 0 of what is no picture.
    std::int64_t height = 0;
    std::int64_t size_bytes = 0;
};

/// A form with its bytes.
struct MadeForm {
    Form form;
    std::string bytes;
};

struct File {
    FileId id{};
    std::uint64_t owner = 0;
    std::string holder{};  ///< Whose key it takes, of what a stranger handed in and nothing has claimed.
    NewFile said;
    std::int64_t received_bytes = 0;
    FileState state = FileState::receiving;
    std::string refusal;  ///< Of a refused one: "digest-differs", "not-what-it-says", "not-readable", …
    Instant at{};
    std::vector<Form> forms;  ///< Of a stored one.

    bool belongs_to(const Uploader& uploader) const {
        return owner == uploader.organisation && holder == uploader.holder;
    }
    bool complete() const { return received_bytes == said.size_bytes; }
};

/// What a refusal means, for the person who handed the file in.
std::string_view meaning_of(std::string_view refusal);

/// What the bytes are, by the marks with which they begin; nothing when none of what is taken. A PDF also has
/// the mark of its end (ISO 32000-2, section 7.5.5), without which it came only in part.
std::optional<MediaType> kind_of(std::string_view bytes);

inline bool is_picture(MediaType type) { return type != MediaType::pdf; }

}  // namespace shanhai::files

namespace shanhai {
template <>
struct WireNames<files::MediaType> {
    static constexpr std::array<std::string_view, 4> names{"application/pdf", "image/jpeg", "image/png",
                                                           "image/webp"};
};
template <>
struct WireNames<files::FileState> {
    static constexpr std::array<std::string_view, 3> names{"RECEIVING", "STORED", "REFUSED"};
};
}  // namespace shanhai
