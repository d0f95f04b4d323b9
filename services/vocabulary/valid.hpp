#pragma once

#include "vocabulary/result.hpp"

#include <optional>
#include <utility>

namespace shanhai {

/// A T that obeys its own rules: `T::fault()` found nothing. Stores take these only, so that nobody
/// behind the door has to check again.
template <class T>
class Valid {
public:
    /// Fails with whatever fault() complains of.
    static Result<Valid> of(T value) {
        if (auto fault = value.fault()) return std::move(*fault);
        return Valid{std::move(value)};
    }

    const T& operator*() const { return value_; }
    const T* operator->() const { return &value_; }

private:
    explicit Valid(T value) : value_{std::move(value)} {}

    T value_;
};

}  // namespace shanhai
