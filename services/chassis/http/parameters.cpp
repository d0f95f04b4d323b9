#include "chassis/http/parameters.hpp"

#include "vocabulary/text.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <limits>
#include <stdexcept>

namespace shanhai::http {
namespace {

constexpr std::int64_t id_max = std::numeric_limits<std::int64_t>::max();

/// The number a text is, when it is written in the one way in which we write numbers.
std::optional<std::int64_t> number_in(std::string_view text) {
    const auto digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || (digits.starts_with('0') && text.size() > 1)) return std::nullopt;
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

const Request::Pair* find(const std::vector<Request::Pair>& pairs, std::string_view name) {
    const auto found = std::ranges::find(pairs, name, &Request::Pair::first);
    return found == pairs.end() ? nullptr : &*found;
}

/// "product_id" names a product.
std::string thing_named(std::string_view parameter) {
    for (const std::string_view suffix : {"_id", "_code", "_number", "_index"}) {
        if (parameter.ends_with(suffix)) parameter.remove_suffix(suffix.size());
    }
    std::string thing{parameter};
    std::ranges::replace(thing, '_', '-');
    return thing;
}

std::string between(std::int64_t min, std::int64_t max) {
    return "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max);
}

}  // namespace

Parameters::~Parameters() { assert(asked_ || (!path_complaint_ && query_complaints_.empty())); }

bool Parameters::has(std::string_view name) const {
    return find(request_.parameters, name) != nullptr || find(request_.query_parameters, name) != nullptr;
}

std::optional<std::string_view> Parameters::given(std::string_view name) const {
    if (const auto* pair = find(request_.parameters, name)) return pair->second;
    if (const auto* pair = find(request_.query_parameters, name)) return pair->second;
    const bool declared = request_.query_names != nullptr &&
                          std::ranges::find(*request_.query_names, name) != request_.query_names->end();
    if (!declared) throw std::logic_error{"the route declares no parameter " + std::string{name}};
    return std::nullopt;
}

std::optional<std::string_view> Parameters::required(std::string_view name) {
    const auto value = given(name);
    if (!value) complain(name, "is missing");
    return value;
}

std::uint64_t Parameters::id_number(std::string_view name, std::optional<std::string_view> value) {
    if (!value) return 0;
    const auto number = number_in(*value);
    if (number && *number >= 1) return static_cast<std::uint64_t>(*number);
    complain(name, between(1, id_max));
    return 0;
}

std::int64_t Parameters::integer(std::string_view name, std::int64_t min, std::int64_t max) {
    const auto number = optional_integer(name, min, max);
    if (!number && !given(name)) complain(name, "is missing");
    return number.value_or(min);
}

std::optional<std::int64_t> Parameters::optional_integer(std::string_view name, std::int64_t min,
                                                         std::int64_t max) {
    const auto value = given(name);
    if (!value) return std::nullopt;
    const auto number = number_in(*value);
    if (number && *number >= min && *number <= max) return number;
    complain(name, between(min, max));
    return std::nullopt;
}

std::optional<std::string> Parameters::optional_text(std::string_view name, std::size_t min,
                                                     std::size_t max) {
    return optional_checked<std::string>(name,
                                         [&](std::string_view text) { return human_text(text, min, max); });
}

std::string_view Parameters::untyped(std::string_view name) { return required(name).value_or(""); }

std::optional<bool> Parameters::optional_flag(std::string_view name) {
    const auto value = given(name);
    if (!value) return std::nullopt;
    if (*value == "true" || *value == "false") return *value == "true";
    complain(name, "must be true or false");
    return std::nullopt;
}

void Parameters::complain(std::string_view name, std::string detail) {
    if (find(request_.parameters, name) == nullptr) {
        query_complaints_.push_back({"", std::move(detail), std::string{name}});
    } else if (!path_complaint_) {
        const auto thing = thing_named(name);
        path_complaint_ = Error{Failure::not_found, thing + "-unknown", "There is no such " + thing + "."};
    }
}

std::optional<Error> Parameters::complaints() {
    asked_ = true;
    if (path_complaint_) return path_complaint_;
    if (query_complaints_.empty()) return std::nullopt;
    return Error{Failure::invalid, "validation-failed", "The query breaks the rules that `errors` lists.",
                 query_complaints_};
}

}  // namespace shanhai::http
