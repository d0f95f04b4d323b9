#pragma once

#include "chassis/http/message.hpp"
#include "vocabulary/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::http {

/// Reads what a request says in its path and its query, as Fields reads its body. The Router has refused
/// already what cannot be decoded and what the route does not know (Router::on), so each value is UTF-8,
/// comes once, and is wanted:
///
///     Parameters parameters{request};
///     const auto product = parameters.id<ProductId>("product_id");              // from the path
///     const auto county = parameters.optional_parsed<CountyCode>("county");     // from the query
///     if (auto error = parameters.complaints()) return respond_with(*error);
///
/// A value of the path that is not what its type says names nothing: 404 `<thing>-unknown`. One of the query
/// breaks a rule: 422 `validation-failed` with the parameter's name. A name that the route does not declare
/// throws std::logic_error.
class Parameters {
public:
    explicit Parameters(const Request& request) : request_{request} {}
    Parameters(const Parameters&) = delete;
    Parameters& operator=(const Parameters&) = delete;
    /// Complaints that nobody asked for are a bug in the handler; debug builds stop here.
    ~Parameters();

    /// Whether the request gives it; false also for a name that the route does not declare, so that routes of
    /// several depths may share a reader.
    bool has(std::string_view name) const;

    /// An id: a whole number from 1, written as we write it.
    template <class Id>
    Id id(std::string_view name) {
        return static_cast<Id>(id_number(name, required(name)));
    }
    template <class Id>
    std::optional<Id> optional_id(std::string_view name) {
        const auto value = given(name);
        return value ? std::optional{static_cast<Id>(id_number(name, value))} : std::nullopt;
    }

    /// What T::parse accepts. Nothing after a complaint.
    template <class T>
    std::optional<T> parsed(std::string_view name) {
        return checked<T>(name, [](std::string_view text) { return T::parse(text); });
    }
    template <class T>
    std::optional<T> optional_parsed(std::string_view name) {
        return optional_checked<T>(name, [](std::string_view text) { return T::parse(text); });
    }
    /// What `parse` (a function from string_view to Result<T>) accepts.
    template <class T, class Parse>
    std::optional<T> checked(std::string_view name, Parse parse) {
        return accepted<T>(name, required(name), parse);
    }
    template <class T, class Parse>
    std::optional<T> optional_checked(std::string_view name, Parse parse) {
        return accepted<T>(name, given(name), parse);
    }
    /// One of the names of a vocabulary enum (trade.hpp).
    template <class E, class FromName>
    std::optional<E> optional_choice(std::string_view name, FromName from_name) {
        const auto value = given(name);
        if (!value) return std::nullopt;
        const auto found = from_name(*value);
        if (!found) complain(name, "is not one of the values allowed here");
        return found;
    }

    /// A whole number between the bounds, written as we write it: no sign but a minus, no leading zeros.
    std::int64_t integer(std::string_view name, std::int64_t min, std::int64_t max);
    std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t min, std::int64_t max);
    /// What a person typed, in its stored form (human_text): min to max characters.
    std::optional<std::string> optional_text(std::string_view name, std::size_t min, std::size_t max);
    /// What stands there, of no particular type: to look it up in memory, never for SQL.
    std::string_view untyped(std::string_view name);
    /// "true" or "false".
    std::optional<bool> optional_flag(std::string_view name);

    /// Adds a complaint about a parameter.
    void complain(std::string_view name, std::string detail);

    /// The first complaint about the path as 404, or all about the query as 422; nothing when all is well.
    std::optional<Error> complaints();

private:
    /// The value of a parameter, of the path or the query; nothing when the query does not have it.
    std::optional<std::string_view> given(std::string_view name) const;
    std::optional<std::string_view> required(std::string_view name);
    std::uint64_t id_number(std::string_view name, std::optional<std::string_view> value);

    template <class T, class Parse>
    std::optional<T> accepted(std::string_view name, std::optional<std::string_view> value, Parse parse) {
        if (!value) return std::nullopt;
        auto result = parse(*value);
        if (result) return std::move(*result);
        complain(name, result.error().message());
        return std::nullopt;
    }

    const Request& request_;
    std::optional<Error> path_complaint_;
    std::vector<FieldError> query_complaints_;
    bool asked_ = false;
};

/// The one id that a path names. Fails with 404 `<thing>-unknown`.
template <class Id>
Result<Id> id_in_path(const Request& request, std::string_view name) {
    Parameters parameters{request};
    const auto id = parameters.id<Id>(name);
    if (auto error = parameters.complaints()) return *error;
    return id;
}

/// What T::parse makes of the one value that a path holds. Fails with 404 `<thing>-unknown`.
template <class T>
Result<T> parsed_in_path(const Request& request, std::string_view name) {
    Parameters parameters{request};
    auto value = parameters.parsed<T>(name);
    if (auto error = parameters.complaints()) return *error;
    return std::move(*value);
}

}  // namespace shanhai::http
