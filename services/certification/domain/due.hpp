#pragma once

#include "certification/domain/application.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::certification {

/// Why an application waits for an office; what is most urgent first.
enum class DueKind {
    objections,    ///< On notice, and somebody's objection has no answer.
    ready,         ///< Its notice is over: it may be certified.
    changed,       ///< The product's text is not the one that was submitted: it goes back.
    in_review,     ///< To be put on notice.
    to_review,     ///< Its review may begin.
    to_recommend,  ///< By this office of the county, which has not yet.
};

/// What an office decides and for which county it speaks.
struct Competence {
    OrganisationId office{};
    std::vector<SchemeCode> schemes;  ///< That name it.
    std::optional<CountyCode>
        county;  ///< Whose goods it recommends, and recognises under schemes of no office.
};

struct DueApplication {
    DueKind kind = DueKind::to_review;
    ApplicationId id{};
    SchemeCode scheme;
    int year = 0;
    ProductId product{};
    std::string product_name;
    std::string county_code;
    ApplicationState state = ApplicationState::submitted;
    std::optional<Instant> notice_until;
};

/// What waits for an office today.
struct Due {
    static constexpr std::size_t kinds = 6;
    static constexpr std::size_t first_max = 30;

    std::array<std::int64_t, kinds> counts{};  ///< In the order of DueKind.
    std::vector<DueApplication> first;         ///< The most urgent, then the oldest.
    std::int64_t on_notice = 0;                ///< Of those that the office sees.
    std::int64_t proposals = 0;                ///< Of colleagues, for a second person's word.
};

}  // namespace shanhai::certification

namespace shanhai {
template <>
struct WireNames<certification::DueKind> {
    static constexpr std::array<std::string_view, certification::Due::kinds> names{
        "OBJECTIONS", "READY", "CHANGED", "IN_REVIEW", "TO_REVIEW", "TO_RECOMMEND"};
};
}  // namespace shanhai
