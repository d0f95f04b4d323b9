#pragma once

#include "channel/domain/scan.hpp"
#include "channel/domain/scan_counts.hpp"
#include "channel/http/scan_filter.hpp"
#include "channel/http/tokens.hpp"
#include "chassis/http/router.hpp"
#include "chassis/published.hpp"
#include "vocabulary/clock.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace shanhai::channel {

/// Answers scans from memory. A token that is on the board needs no other check than being found there: the
/// board holds the tokens of all placements, made with the key.
class ScanRoutes {
public:
    /// `missed` is called when somebody scans a code that is ours and not on the board yet.
    ScanRoutes(const ScanTokens& tokens, const Attributions& attributions, ScanCounts& counts,
               const Clock& clock, std::function<void()> missed)
        : tokens_{tokens},
          attributions_{attributions},
          counts_{counts},
          clock_{clock},
          missed_{std::move(missed)} {}

    void mount(http::Router& router);

    /// Replaces the board unless it is newer already. Requests that are being answered keep the old one.
    /// From any thread.
    void show(std::uint64_t revision, std::vector<Screen> screens);
    /// Replaces these screens, or adds them.
    void show_again(std::uint64_t revision, std::vector<Screen> screens);
    /// Which revision is on the board.
    std::uint64_t shown_revision() const;

    /// GET /s/{token}
    http::Response scan(const http::Request& request) const;
    /// The same at a given moment.
    http::Response scan_at(const http::Request& request, Instant at) const;

private:
    struct Shown {
        Screen screen;
        ScanCounts::Counter* counter = nullptr;
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Board = std::unordered_map<std::string, std::shared_ptr<const Shown>, TextHash, std::equal_to<>>;

    void put_up(Board board, std::uint64_t revision, std::vector<Screen> screens);

    http::Response missed(const http::Request& request, ScanToken token) const;
    static http::Response unknown(const http::Request& request);

    const ScanTokens& tokens_;
    const Attributions& attributions_;
    ScanCounts& counts_;
    const Clock& clock_;
    std::function<void()> missed_;
    Published<Board> board_;
    mutable ScanCap cap_;
    mutable std::mutex showing_;
    std::uint64_t revision_ = 0;  // Of what is on the board.
};

}  // namespace shanhai::channel
