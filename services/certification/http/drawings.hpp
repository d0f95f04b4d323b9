#pragma once

#include "certification/domain/edition.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace shanhai::certification {

/// What was drawn of editions lately, so that asking again for the pages of a long catalogue, which take
/// seconds, costs nothing: an edition never changes. Holds at most so many bytes; the oldest goes first. From
/// any thread.
class Drawings {
public:
    using Body = std::shared_ptr<const std::string>;

    explicit Drawings(std::size_t bytes_max) : bytes_max_{bytes_max} {}

    /// Null when it is not here.
    Body find(EditionId edition, std::string_view form) const;
    /// What is larger than all that may be held is not kept.
    Body keep(EditionId edition, std::string_view form, std::string body);

private:
    struct Drawing {
        EditionId edition{};
        std::string_view form;  ///< A constant's.
        Body body;
    };

    const std::size_t bytes_max_;
    mutable std::mutex mutex_;
    std::deque<Drawing> kept_;  // Oldest first.
    std::size_t bytes_ = 0;
};

}  // namespace shanhai::certification
