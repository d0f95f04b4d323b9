#pragma once

#include "chassis/http/message.hpp"
#include "vocabulary/result.hpp"
#include "vocabulary/text.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::http {

/// The request's body as JSON. Fails with 415 `unsupported-media-type` unless it is declared as JSON,
/// and 400 `malformed-json` unless it is one JSON text in UTF-8, at most 32 levels deep, in which no object
/// has two members of the same name.
Result<boost::json::value> read_json(const Request& request);

/// An answer of this JSON.
Response json_response(const boost::json::object& object, int status = 200);
Response json_response(const boost::json::value& value, int status = 200);

/// Reads the members of one JSON object, checks them, and remembers every complaint with its JSON
/// pointer, so that a caller learns at once what is wrong (the first twenty things). Reading goes on after a
/// complaint with a harmless value; look at `complaints()` before using what was read:
///
///     Fields fields{*body};
///     const auto name = fields.text("name", 1, 100);
///     const auto county = fields.parsed<CountyCode>("county_code");
///     if (auto error = fields.complaints()) co_return respond_with(*error);
///
/// What is not called optional must be there. An optional member that is null counts as absent, so that what
/// we answer may be sent back.
class Fields {
public:
    static constexpr std::size_t complaints_max = 20;

    explicit Fields(const boost::json::value& value);
    /// The fields of a body that replaces the whole of what is there (PUT): what is called optional must be
    /// there too, if only as null, so that nobody deletes what he left out.
    static Fields of_whole(const boost::json::value& value);

    /// What a person wrote, in its stored form (human_text): min to max characters.
    std::string text(std::string_view name, std::size_t min, std::size_t max, Lines lines = Lines::one);
    std::optional<std::string> optional_text(std::string_view name, std::size_t min, std::size_t max,
                                             Lines lines = Lines::one);
    /// What one person chose and nobody reads (secret_text): a password, blanks and all.
    std::string secret(std::string_view name, std::size_t min, std::size_t max);
    /// A whole number between the bounds, however JSON writes it: 1, 1.0 and 1e0 are one number. Beyond 2^53
    /// it has neither a fraction nor an exponent, since those are not read exactly.
    std::int64_t integer(std::string_view name, std::int64_t min, std::int64_t max);
    std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t min, std::int64_t max);
    bool boolean(std::string_view name);
    bool boolean(std::string_view name, bool otherwise);
    /// An array of count_min to count_max texts of min to max characters each; with a count_min of 0 it may
    /// be absent, and is then empty.
    std::vector<std::string> texts(std::string_view name, std::size_t count_min, std::size_t count_max,
                                   std::size_t min, std::size_t max);

    /// A text that T::parse accepts. Nothing after a complaint.
    template <class T>
    std::optional<T> parsed(std::string_view name) {
        return checked<T>(name, [](std::string_view text) { return T::parse(text); });
    }
    template <class T>
    std::optional<T> optional_parsed(std::string_view name) {
        return optional_checked<T>(name, [](std::string_view text) { return T::parse(text); });
    }
    /// A text that `parse` (a function from string_view to Result<T>) accepts.
    template <class T, class Parse>
    std::optional<T> checked(std::string_view name, Parse parse) {
        return accepted<T>(name, required_text(name), parse);
    }
    template <class T, class Parse>
    std::optional<T> optional_checked(std::string_view name, Parse parse) {
        return gives(name) ? accepted<T>(name, required_text(name), parse) : std::nullopt;
    }
    /// An array of count_min to count_max texts that `parse` accepts just as they stand, such as codes; with
    /// a count_min of 0 it may be absent, and is then empty.
    template <class T, class Parse>
    std::vector<T> all_checked(std::string_view name, std::size_t count_min, std::size_t count_max,
                               Parse parse) {
        std::vector<T> all;
        const auto texts = raw_texts(name, count_min, count_max);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (texts[i] == nullptr) continue;
            auto result = parse(std::string_view{*texts[i]});
            if (result) all.push_back(std::move(*result));
            if (!result) complain_of_item(name, i, result.error().message());
        }
        return all;
    }
    /// One of the names of a vocabulary enum (trade.hpp).
    template <class E, class FromName>
    E choice(std::string_view name, FromName from_name) {
        const auto* value = required_text(name);
        if (value == nullptr) return E{};
        if (const auto found = from_name(std::string_view{*value})) return *found;
        complain(name, "is not one of the values allowed here");
        return E{};
    }

    Fields object(std::string_view name);
    /// The objects of an array of min to max objects; the array is there even when it is empty.
    std::vector<Fields> objects(std::string_view name, std::size_t min, std::size_t max);
    /// The same of an array that may be absent, and is then empty.
    std::vector<Fields> optional_objects(std::string_view name, std::size_t max);

    /// Adds a complaint about a member (or, with "", about the object itself).
    void complain(std::string_view name, std::string detail);

    /// The pointer of a member of this object.
    std::string pointer(std::string_view name) const;

    /// 422 `validation-failed` with the complaints so far, also those of nested objects, and one for each
    /// member that nobody asked for (a misspelt name must not pass silently), complaints_max of them at most;
    /// nothing when all is well.
    std::optional<Error> complaints();

private:
    struct Seen;   // One object, and which of its members were asked for.
    struct State;  // What all objects of one body share.

    Fields(const boost::json::value& value, std::string pointer, std::shared_ptr<State> state);

    template <class T, class Parse>
    std::optional<T> accepted(std::string_view name, const boost::json::string* value, Parse parse) {
        if (value == nullptr) return std::nullopt;
        auto result = parse(std::string_view{*value});
        if (result) return std::move(*result);
        complain(name, result.error().message());
        return std::nullopt;
    }
    /// Whether a member is there and not null; it counts as asked for. Of a whole it complains when it is
    /// not.
    bool gives(std::string_view name);
    const boost::json::string* required_text(std::string_view name);
    const boost::json::value* find(std::string_view name);
    /// The member, or null after a complaint that it is missing.
    const boost::json::value* required(std::string_view name);
    std::optional<std::string> text_of(const boost::json::value& value, std::string_view name,
                                       std::size_t min, std::size_t max, Lines lines);
    std::optional<std::int64_t> integer_of(const boost::json::value& value, std::string_view name,
                                           std::int64_t min, std::int64_t max);
    /// The texts of an array, null after a complaint where an item is none.
    std::vector<const boost::json::string*> raw_texts(std::string_view name, std::size_t count_min,
                                                      std::size_t count_max);
    void complain_of_item(std::string_view name, std::size_t index, std::string detail);
    const boost::json::array* array_of(const boost::json::value& value, std::string_view name,
                                       std::size_t min, std::size_t max);

    std::shared_ptr<State>
        state_;             // Nested objects complain to the same place, whoever is moved or dies first.
    Seen* seen_ = nullptr;  // Ours, in state_.
};

}  // namespace shanhai::http
