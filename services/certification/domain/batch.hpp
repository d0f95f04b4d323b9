#pragma once

#include "certification/domain/scheme.hpp"

#include <optional>
#include <string>

namespace shanhai::certification {

enum class BatchId : std::uint64_t {};

/// A year's round of a scheme (每年认证一批): when merchants may apply, and from when to when what it
/// certifies is valid. It goes by the version of the scheme that it names. Days of Asia/Shanghai.
struct Batch {
    BatchId id{};
    SchemeCode scheme;
    int scheme_version = 1;
    int year = Certification::year_min;
    Date applications_from{};
    Date applications_until{};  ///< The first day on which nobody may apply any more.
    Date valid_from{};          ///< Half-open [from, to).
    Date valid_to{};

    /// 422 at the member that does not fit the others, the scheme, or the day on which it is opened.
    std::optional<Error> fault(const Scheme& rules, Date today) const;
    bool takes_applications(Date today) const {
        return applications_from <= today && today < applications_until;
    }

    friend bool operator==(const Batch&, const Batch&) = default;
};

}  // namespace shanhai::certification
