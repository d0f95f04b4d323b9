#include "chassis/http/json.hpp"
#include "chassis/http/negotiate.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <deque>

namespace shanhai::http {
namespace {

constexpr std::size_t depth_max = 32;
constexpr std::size_t echoed_bytes_max = 100;  // Of a name that a caller made up.

/// JSON is UTF-8 (RFC 8259, section 8.1): who declares another charset sends something else.
bool is_json(std::string_view content_type) {
    if (!declares_utf8(content_type)) return false;
    const auto type = content_type.substr(0, content_type.find_first_of("; \t"));
    constexpr std::string_view suffix = "+json";
    return equal_without_case(type, "application/json") ||
           (type.size() > suffix.size() &&
            equal_without_case(type.substr(type.size() - suffix.size()), suffix));
}

/// In valid JSON every colon outside a string belongs to one member.
std::size_t members_written(std::string_view text) {
    std::size_t count = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (in_string && text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            in_string = !in_string;
        } else if (text[i] == ':' && !in_string) {
            ++count;
        }
    }
    return count;
}

std::size_t members_kept(const boost::json::value& value) {
    std::size_t count = 0;
    if (const auto* array = value.if_array()) {
        for (const auto& item : *array) count += members_kept(item);
    } else if (const auto* object = value.if_object()) {
        count = object->size();
        for (const auto& member : *object) count += members_kept(member.value());
    }
    return count;
}

std::string between(std::string_view what, std::int64_t min, std::int64_t max) {
    if (min == max) return "must be exactly " + std::to_string(min) + std::string{what};
    return "must be " + std::to_string(min) + " to " + std::to_string(max) + std::string{what};
}

/// The whole number that a JSON number is, whichever way it is written; nothing when it is none, or not
/// surely.
std::optional<std::int64_t> whole(const boost::json::value& value) {
    constexpr double exact_max = 9'007'199'254'740'992;  // 2^53
    if (const auto* number = value.if_int64()) return *number;
    const auto* number = value.if_double();
    if (number == nullptr || std::abs(*number) > exact_max || std::trunc(*number) != *number)
        return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

std::string joined(std::string_view pointer, std::string_view name) {
    std::string whole{pointer};
    whole += '/';
    for (const char c : name) {  // RFC 6901, section 3
        if (c == '~') {
            whole += "~0";
        } else if (c == '/') {
            whole += "~1";
        } else {
            whole += c;
        }
    }
    return whole;
}

}  // namespace

Result<boost::json::value> read_json(const Request& request) {
    if (!is_json(request.header("Content-Type"))) {
        return Error{Failure::unsupported_media_type, "unsupported-media-type",
                     "The body must be JSON and be declared so (Content-Type: application/json)."};
    }
    boost::json::parse_options options;
    options.max_depth = depth_max;
    boost::system::error_code error;
    auto value = boost::json::parse({request.body.data(), request.body.size()}, error, {}, options);
    if (error) {
        return Error{Failure::malformed, "malformed-json",
                     "The body is not one JSON text of at most 32 levels in UTF-8: " + error.message() + "."};
    }
    if (members_written(request.body) != members_kept(value)) {
        return Error{Failure::malformed, "malformed-json", "An object in the body has a member twice."};
    }
    return value;
}

Response json_response(const boost::json::object& object, int status) {
    Response response;
    response.status = status;
    response.body = boost::json::serialize(object);
    return response;
}

Response json_response(const boost::json::value& value, int status) {
    Response response;
    response.status = status;
    response.body = boost::json::serialize(value);
    return response;
}

struct Fields::Seen {
    const boost::json::object* object = nullptr;  // Null when the value is none: then reading gives nothing.
    std::string pointer;
    std::vector<bool> asked;  // By the member's place in the object.
};

struct Fields::State {
    std::deque<Seen> objects;
    std::vector<FieldError> complaints;
    bool whole = false;  ///< What is optional must be there as well.

    /// Remembers a complaint unless there are enough: a body of faults must not give an answer of megabytes.
    void add(FieldError complaint) {
        if (complaints.size() < complaints_max) complaints.push_back(std::move(complaint));
    }
    void complain_of_unknown();
};

Fields::Fields(const boost::json::value& value) : Fields{value, {}, std::make_shared<State>()} {}

Fields::Fields(const boost::json::value& value, std::string pointer, std::shared_ptr<State> state)
    : state_{std::move(state)} {
    seen_ = &state_->objects.emplace_back();
    seen_->object = value.if_object();
    seen_->pointer = std::move(pointer);
    if (seen_->object != nullptr) {
        seen_->asked.resize(seen_->object->size());
    } else {
        complain("", "must be an object");
    }
}

Fields Fields::of_whole(const boost::json::value& value) {
    Fields fields{value};
    fields.state_->whole = true;
    return fields;
}

const boost::json::value* Fields::find(std::string_view name) {
    if (seen_->object == nullptr) return nullptr;
    const auto found = seen_->object->find(name);
    if (found == seen_->object->end()) return nullptr;
    seen_->asked[static_cast<std::size_t>(found - seen_->object->begin())] = true;
    return &found->value();
}

const boost::json::value* Fields::required(std::string_view name) {
    const auto* value = find(name);
    if (value == nullptr && seen_->object != nullptr) complain(name, "is missing");
    return value;
}

bool Fields::gives(std::string_view name) {
    const auto* value = find(name);
    if (value == nullptr && state_->whole && seen_->object != nullptr) {
        complain(name, "is missing; null says that there is none");
    }
    return value != nullptr && !value->is_null();
}

const boost::json::string* Fields::required_text(std::string_view name) {
    const auto* value = required(name);
    if (value == nullptr) return nullptr;
    const auto* text = value->if_string();
    if (text == nullptr) complain(name, "must be a text");
    return text;
}

std::optional<std::string> Fields::text_of(const boost::json::value& value, std::string_view name,
                                           std::size_t min, std::size_t max, Lines lines) {
    const auto* text = value.if_string();
    if (text == nullptr) {
        complain(name, "must be a text");
        return std::nullopt;
    }
    auto cleaned = human_text(std::string_view{*text}, min, max, lines);
    if (cleaned) return std::move(*cleaned);
    complain(name, cleaned.error().message());
    return std::nullopt;
}

std::string Fields::text(std::string_view name, std::size_t min, std::size_t max, Lines lines) {
    const auto* value = required(name);
    return value == nullptr ? std::string{} : text_of(*value, name, min, max, lines).value_or(std::string{});
}

std::optional<std::string> Fields::optional_text(std::string_view name, std::size_t min, std::size_t max,
                                                 Lines lines) {
    return gives(name) ? text_of(*find(name), name, min, max, lines) : std::nullopt;
}

std::string Fields::secret(std::string_view name, std::size_t min, std::size_t max) {
    const auto parse = [&](std::string_view text) { return secret_text(text, min, max); };
    return checked<std::string>(name, parse).value_or(std::string{});
}

std::optional<std::int64_t> Fields::integer_of(const boost::json::value& value, std::string_view name,
                                               std::int64_t min, std::int64_t max) {
    const auto number = whole(value);
    if (number && *number >= min && *number <= max) return number;
    complain(name, number || value.is_uint64() ? between("", min, max) : "must be a whole number");
    return std::nullopt;
}

std::int64_t Fields::integer(std::string_view name, std::int64_t min, std::int64_t max) {
    const auto* value = required(name);
    return value == nullptr ? min : integer_of(*value, name, min, max).value_or(min);
}

std::optional<std::int64_t> Fields::optional_integer(std::string_view name, std::int64_t min,
                                                     std::int64_t max) {
    return gives(name) ? integer_of(*find(name), name, min, max) : std::nullopt;
}

bool Fields::boolean(std::string_view name) {
    const auto* value = required(name);
    const auto* flag = value == nullptr ? nullptr : value->if_bool();
    if (value != nullptr && flag == nullptr) complain(name, "must be true or false");
    return flag != nullptr && *flag;
}

bool Fields::boolean(std::string_view name, bool otherwise) {
    return gives(name) ? boolean(name) : otherwise;
}

const boost::json::array* Fields::array_of(const boost::json::value& value, std::string_view name,
                                           std::size_t min, std::size_t max) {
    const auto* array = value.if_array();
    if (array == nullptr) {
        complain(name, "must be an array");
        return nullptr;
    }
    if (array->size() >= min && array->size() <= max) return array;
    complain(name, between(" items", static_cast<std::int64_t>(min), static_cast<std::int64_t>(max)));
    return nullptr;
}

std::vector<std::string> Fields::texts(std::string_view name, std::size_t count_min, std::size_t count_max,
                                       std::size_t min, std::size_t max) {
    std::vector<std::string> texts;
    if (count_min == 0 && !gives(name)) return texts;
    const auto* value = required(name);
    const auto* array = value == nullptr ? nullptr : array_of(*value, name, count_min, count_max);
    if (array == nullptr) return texts;
    for (std::size_t i = 0; i < array->size(); ++i) {
        // An item is named by its place, below the array's own pointer.
        Fields item{*this};
        Seen place;
        place.pointer = pointer(name);
        item.seen_ = &place;
        if (auto text = item.text_of((*array)[i], std::to_string(i), min, max, Lines::one))
            texts.push_back(std::move(*text));
    }
    return texts;
}

std::vector<const boost::json::string*> Fields::raw_texts(std::string_view name, std::size_t count_min,
                                                          std::size_t count_max) {
    std::vector<const boost::json::string*> texts;
    if (count_min == 0 && !gives(name)) return texts;
    const auto* value = required(name);
    const auto* array = value == nullptr ? nullptr : array_of(*value, name, count_min, count_max);
    if (array == nullptr) return texts;
    for (std::size_t i = 0; i < array->size(); ++i) {
        texts.push_back((*array)[i].if_string());
        if (texts.back() == nullptr) complain_of_item(name, i, "must be a text");
    }
    return texts;
}

void Fields::complain_of_item(std::string_view name, std::size_t index, std::string detail) {
    state_->add({pointer(name) + '/' + std::to_string(index), std::move(detail)});
}

Fields Fields::object(std::string_view name) {
    const auto* value = required(name);
    if (value != nullptr) return Fields{*value, pointer(name), state_};
    Fields absent{*this};
    absent.seen_ = &state_->objects.emplace_back();  // Reads nothing and complains of nothing more.
    absent.seen_->pointer = pointer(name);
    return absent;
}

std::vector<Fields> Fields::optional_objects(std::string_view name, std::size_t max) {
    return gives(name) ? objects(name, 0, max) : std::vector<Fields>{};
}

std::vector<Fields> Fields::objects(std::string_view name, std::size_t min, std::size_t max) {
    std::vector<Fields> objects;
    const auto* value = required(name);
    const auto* array = value == nullptr ? nullptr : array_of(*value, name, min, max);
    if (array == nullptr) return objects;
    const auto base = pointer(name);
    for (std::size_t i = 0; i < array->size(); ++i) {
        objects.push_back(Fields{(*array)[i], base + '/' + std::to_string(i), state_});
    }
    return objects;
}

void Fields::complain(std::string_view name, std::string detail) {
    state_->add({name.empty() ? seen_->pointer : pointer(name), std::move(detail)});
}

std::string Fields::pointer(std::string_view name) const { return joined(seen_->pointer, name); }

void Fields::State::complain_of_unknown() {
    for (const auto& seen : objects) {
        for (std::size_t i = 0; i < seen.asked.size(); ++i) {
            if (seen.asked[i]) continue;
            if (complaints.size() == complaints_max) return;
            const std::string_view name{(*(seen.object->begin() + static_cast<std::ptrdiff_t>(i))).key()};
            if (name.size() > echoed_bytes_max) {
                add({seen.pointer, "has a member that we do not know, with a name of more than 100 bytes"});
            } else {
                add({joined(seen.pointer, name), "is not a member we know"});
            }
        }
    }
}

std::optional<Error> Fields::complaints() {
    auto state = *state_;
    state.complain_of_unknown();
    if (state.complaints.empty()) return std::nullopt;
    return Error{Failure::invalid, "validation-failed", "The body breaks the rules that `errors` lists.",
                 std::move(state.complaints)};
}

}  // namespace shanhai::http
