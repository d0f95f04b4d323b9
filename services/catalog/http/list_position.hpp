#pragma once

#include "catalog/domain/search/finding.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shanhai::catalog {

/// Where a page of products ends: a place, and when the list began by which places go.
struct ListPosition {
    Instant began;
    search::Place place;

    std::string text() const;
    /// Nothing for a text that is none: an older release gave it.
    static std::optional<ListPosition> of(std::string_view text);

    friend bool operator==(const ListPosition&, const ListPosition&) = default;
};

}  // namespace shanhai::catalog
