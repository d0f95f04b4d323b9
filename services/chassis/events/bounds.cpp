#include "chassis/events/bounds.hpp"

#include "shanhai/event/v1/bounds.pb.h"
#include "vocabulary/text.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <mutex>
#include <regex>

namespace shanhai::events {
namespace {

using event::v1::Bounds;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// A number of any type as one that all of ours fit: ids beyond int64 count as too large.
std::optional<std::int64_t> number_in(const Message& fact, const FieldDescriptor& field) {
    const auto& reading = *fact.GetReflection();
    switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_INT32:
            return reading.GetInt32(fact, &field);
        case FieldDescriptor::CPPTYPE_INT64:
            return reading.GetInt64(fact, &field);
        case FieldDescriptor::CPPTYPE_UINT32:
            return reading.GetUInt32(fact, &field);
        case FieldDescriptor::CPPTYPE_UINT64: {
            const auto value = reading.GetUInt64(fact, &field);
            if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
                return std::nullopt;
            }
            return static_cast<std::int64_t>(value);
        }
        default:
            throw std::logic_error{field.full_name() + " has bounds of a number and is none"};
    }
}

bool within(const Bounds& bounds, std::int64_t value) {
    return (!bounds.has_min() || value >= bounds.min()) && (!bounds.has_max() || value <= bounds.max());
}

bool matches(const std::string& text, const std::string& pattern) {
    static std::mutex mutex;
    static std::map<std::string, std::regex> compiled;
    const std::lock_guard lock{mutex};
    auto found = compiled.find(pattern);
    if (found == compiled.end()) found = compiled.emplace(pattern, std::regex{pattern}).first;
    return std::regex_match(text, found->second);
}

bool text_obeys(const Message& fact, const FieldDescriptor& field, const Bounds& bounds) {
    const auto text = fact.GetReflection()->GetString(fact, &field);
    if (text.empty() && bounds.or_empty()) return true;
    const bool bytes = field.type() == FieldDescriptor::TYPE_BYTES;
    if (!bytes && (!is_utf8(text) || text.find('\0') != std::string::npos)) return false;
    if (!within(bounds, static_cast<std::int64_t>(bytes ? text.size() : characters_in(text)))) return false;
    if (!bounds.pattern().empty() && !matches(text, bounds.pattern())) return false;
    return bounds.one_of().empty() || std::ranges::find(bounds.one_of(), text) != bounds.one_of().end();
}

bool number_obeys(const Message& fact, const FieldDescriptor& field, const Bounds& bounds) {
    using limits = std::numeric_limits<std::int64_t>;
    const auto value = number_in(fact, field);
    if (!value) return false;
    const bool open = bounds.or_open() && (*value == limits::min() || *value == limits::max());
    if (!open && !within(bounds, *value)) return false;
    if (bounds.before().empty()) return true;
    const auto* const later = field.containing_type()->FindFieldByName(bounds.before());
    if (later == nullptr) throw std::logic_error{field.full_name() + " stands before a field that is not"};
    const auto bound = number_in(fact, *later);
    return bound && *value < *bound;
}

std::optional<std::string> fault_of_parts(const Message& fact, const FieldDescriptor& field) {
    const auto& reading = *fact.GetReflection();
    if (!field.is_repeated()) return fault_of(reading.GetMessage(fact, &field));
    for (int i = 0; i < reading.FieldSize(fact, &field); ++i) {
        if (auto fault = fault_of(reading.GetRepeatedMessage(fact, &field, i))) return fault;
    }
    return std::nullopt;
}

bool obeys(const Message& fact, const FieldDescriptor& field, const Bounds& bounds) {
    if (field.is_repeated()) return within(bounds, fact.GetReflection()->FieldSize(fact, &field));
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) return text_obeys(fact, field, bounds);
    return number_obeys(fact, field, bounds);
}

}  // namespace

std::optional<std::string> fault_of(const Message& fact) {
    const auto& type = *fact.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
        const auto& field = *type.field(i);
        if (field.options().HasExtension(event::v1::bounds)) {
            const auto& bounds = field.options().GetExtension(event::v1::bounds);
            if (!obeys(fact, field, bounds)) {
                return type.name() + "." + field.name() + " is not within its bounds";
            }
        }
        if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
        if (auto fault = fault_of_parts(fact, field)) return fault;
    }
    return std::nullopt;
}

Event bounded(const Message& fact) {
    if (const auto fault = fault_of(fact))
        throw std::logic_error{"a fact that nobody may publish: " + *fault};
    return Event::of(fact);
}

}  // namespace shanhai::events
