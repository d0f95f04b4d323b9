#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace shanhai {

/// What a caller can do about a failure. Each kind maps to one HTTP status, in one place:
/// `http::respond_with(Error)`.
enum class Failure {
    malformed,               ///< 400: the request cannot be read at all.
    unauthenticated,         ///< 401: we do not know who asks.
    forbidden,               ///< 403: we know, and the answer is no.
    not_found,               ///< 404: nothing is stored under that name.
    conflict,                ///< 409: the state of things forbids it now.
    precondition,            ///< 412: the version given is not the current one.
    too_large,               ///< 413: more bytes than the limit.
    unsupported_media_type,  ///< 415: not in a form that we read.
    invalid,                 ///< 422: well formed, but it breaks a rule; sending it again will not help.
    precondition_required,   ///< 428: the request must name the version it changes.
    too_many,                ///< 429: this caller asks too often.
    internal,                ///< 500: a bug or a broken invariant; details go to the log only.
    unavailable,             ///< 503: overloaded, or a dependency is down; try again later.
};

/// Where in the request something is wrong: in its body, or in a parameter of its query.
struct FieldError {
    std::string pointer;      ///< RFC 6901 JSON pointer into the body, such as "/lines/0/quantity".
    std::string detail;       ///< A sentence for the person who sent it.
    std::string parameter{};  ///< The parameter's name; the pointer says nothing then.

    friend bool operator==(const FieldError&, const FieldError&) = default;
};

/// An expected failure. `message` is shown to the caller, so it never holds SQL, hosts or secrets.
class Error {
public:
    /// `code` is stable and kebab-case ("sold-out"); it ends the problem's `type` URI.
    Error(Failure kind, std::string code, std::string message, std::vector<FieldError> fields = {})
        : kind_{kind}, code_{std::move(code)}, message_{std::move(message)}, fields_{std::move(fields)} {}

    Failure kind() const { return kind_; }
    const std::string& code() const { return code_; }
    const std::string& message() const { return message_; }
    const std::vector<FieldError>& fields() const { return fields_; }

    /// Tells the caller when another try makes sense (Retry-After).
    Error& retry_after(std::chrono::seconds wait) {
        retry_after_ = wait;
        return *this;
    }
    std::optional<std::chrono::seconds> retry_after() const { return retry_after_; }

private:
    Failure kind_;
    std::string code_;
    std::string message_;
    std::vector<FieldError> fields_;
    std::optional<std::chrono::seconds> retry_after_;
};

/// The commonest refusal: one field breaks one rule.
inline Error invalid_field(std::string pointer, std::string detail) {
    std::vector<FieldError> fields;
    fields.push_back({std::move(pointer), detail});
    return Error{Failure::invalid, "validation-failed", std::move(detail), std::move(fields)};
}

/// Either a value or the reason there is none. Reading the one that is absent throws, since it
/// means the caller did not look; apart from that, exceptions are left for bugs.
template <class T>
class [[nodiscard]] Result {
public:
    using Value = T;

    Result(T value) : state_{std::move(value)} {}
    Result(Error error) : state_{std::move(error)} {}

    explicit operator bool() const { return std::holds_alternative<T>(state_); }

    T& operator*() & { return std::get<T>(state_); }
    const T& operator*() const& { return std::get<T>(state_); }
    T&& operator*() && { return std::get<T>(std::move(state_)); }
    T* operator->() { return &std::get<T>(state_); }
    const T* operator->() const { return &std::get<T>(state_); }

    const Error& error() const { return std::get<Error>(state_); }

private:
    std::variant<T, Error> state_;
};

/// A Result with nothing to say but that it worked.
struct Done {};

}  // namespace shanhai
