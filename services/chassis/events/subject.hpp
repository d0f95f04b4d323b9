#pragma once

#include "chassis/events/frame.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shanhai::events {

/// A field of an event, found by its name, as text ("17"). Nothing when this program does not know the type,
/// the type has no such field, or the payload cannot be read.
std::optional<std::string> field_of(const Event& event, const std::string& field);

/// What a fact is about.
struct Subject {
    std::string field;  ///< "sku_id": the option `subject` of its message.
    std::string id;     ///< "17".

    std::string text() const { return field + " " + id; }
};
/// Nothing when it cannot be told.
std::optional<Subject> subject_of(const Event& event);

}  // namespace shanhai::events
