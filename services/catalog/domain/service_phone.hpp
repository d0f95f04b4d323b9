#pragma once

#include "vocabulary/result.hpp"

#include <string>
#include <string_view>

namespace shanhai::catalog {

/// The telephone at which a merchant serves its customers, for everybody to see: a mobile's or a landline's
/// number of mainland China as phone_digits has it, a 400 number ("4008101234") or a short one of the
/// country's ("95588"). It has no extension, so that whoever taps it is through.
class ServicePhone {
public:
    /// Takes it as people write it. Fails with Failure::invalid.
    static Result<ServicePhone> parse(std::string_view text);

    const std::string& text() const { return digits_; }

    friend bool operator==(const ServicePhone&, const ServicePhone&) = default;

private:
    explicit ServicePhone(std::string digits) : digits_{std::move(digits)} {}

    std::string digits_;
};

}  // namespace shanhai::catalog
