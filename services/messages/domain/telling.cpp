#include "messages/domain/telling.hpp"

#include <utility>

namespace shanhai::messages {
namespace {

template <std::size_t n>
std::optional<Kind> found(const std::array<std::pair<std::string_view, Kind>, n>& table,
                          std::string_view name) {
    for (const auto& [action, kind] : table) {
        if (action == name) return kind;
    }
    return std::nullopt;
}

template <class Id>
std::uint64_t number_of(const std::optional<Id>& id) {
    return id ? number(*id) : 0;
}

}  // namespace

std::optional<Kind> kind_of_step(std::string_view action) {
    // That it is certified is told by the certification that comes of it.
    constexpr std::array<std::pair<std::string_view, Kind>, 4> told{
        {{"RETURN", Kind::application_returned},
         {"RECOMMEND", Kind::application_recommended},
         {"PUBLISH_NOTICE", Kind::notice_published},
         {"REJECT", Kind::application_rejected}}};
    return found(told, action);
}

std::optional<Kind> kind_of_awaited(std::string_view action) {
    constexpr std::array<std::pair<std::string_view, Kind>, 2> told{
        {{"RECOMMEND", Kind::application_to_recommend}, {"BEGIN_REVIEW", Kind::application_to_review}}};
    return found(told, action);
}

std::optional<Kind> kind_of_proposal(std::string_view outcome, bool taken_back) {
    constexpr std::array<std::pair<std::string_view, Kind>, 4> told{
        {{"WAITING", Kind::proposal_to_answer},
         {"AGREED", Kind::proposal_agreed},
         {"REFUSED", Kind::proposal_refused},
         {"OVERTAKEN", Kind::proposal_overtaken}}};
    const auto kind = found(told, outcome);
    return kind == Kind::proposal_refused && taken_back ? Kind::proposal_taken_back : kind;
}

std::optional<Kind> kind_of_onboarding(std::string_view state) {
    constexpr std::array<std::pair<std::string_view, Kind>, 2> told{
        {{"SUBMITTED", Kind::house_to_verify}, {"VERIFIED_ONCE", Kind::house_to_verify_second}}};
    return found(told, state);
}

std::vector<Kind> settled_in(std::string_view state) {
    using enum Kind;
    if (state.empty()) return {};
    if (state == "DRAFT") return {application_to_recommend, application_to_review};
    if (state == "SUBMITTED") return {application_returned};
    if (state == "COUNTY_RECOMMENDED") return {application_to_recommend, application_returned};
    if (state == "UNDER_REVIEW" || state == "PUBLIC_NOTICE")
        return {application_to_recommend, application_to_review, application_returned};
    return {application_to_recommend, application_to_review, application_returned, objection_to_answer};
}

std::optional<Kind> kind_of_change(std::optional<CertificationState> before, CertificationState now) {
    if (before == now) return std::nullopt;
    switch (now) {
        case CertificationState::certified:
            return before ? Kind::certification_reinstated : Kind::certified;
        case CertificationState::suspended:
            return Kind::certification_suspended;
        case CertificationState::revoked:
            return Kind::certification_revoked;
        case CertificationState::withdrawn:
            return Kind::certification_withdrawn;
    }
    return std::nullopt;
}

std::optional<Kind> kind_of_activity(std::optional<bool> before, bool active) {
    if (before.value_or(true) == active) return std::nullopt;
    return active ? Kind::merchant_resumed : Kind::merchant_stopped;
}

std::uint64_t News::subject() const {
    switch (kind) {
        case Kind::application_to_recommend:
        case Kind::application_to_review:
        case Kind::objection_to_answer:
        case Kind::application_returned:
        case Kind::application_recommended:
        case Kind::notice_published:
        case Kind::application_rejected:
            return number_of(about.application);
        case Kind::proposal_to_answer:
        case Kind::proposal_agreed:
        case Kind::proposal_refused:
        case Kind::proposal_taken_back:
        case Kind::proposal_overtaken:
            return number_of(about.proposal);
        case Kind::house_to_verify:
        case Kind::house_to_verify_second:
            return number_of(about.onboarding);
        case Kind::edition_published:
            return number_of(about.edition);
        case Kind::lot_blocked:
            return number_of(about.lot);
        case Kind::merchant_stopped:
        case Kind::merchant_resumed:
            return number_of(about.merchant);
        case Kind::merchant_verified:
            return 0;  // It is about the organisation that is told.
        default:
            return number_of(about.certification);
    }
}

std::int64_t News::step() const {
    for (const auto& ending : endings) {
        if (ending.kind == kind) return 0;
    }
    return unix_microseconds(at);
}

}  // namespace shanhai::messages
