#include "certification/domain/application.hpp"

#include <algorithm>
#include <span>

namespace shanhai::certification {
namespace {

using enum ApplicationState;

/// Who may do what, from where, and where it leads.
struct Rule {
    Action action;
    Party party;
    std::vector<ApplicationState> from;
    ApplicationState to;
};

/// A scheme that asks no county sends what is submitted to the deciding office at once.
std::vector<Rule> rules_of(const Scheme& scheme) {
    const bool by_county = scheme.recommendations > 0;
    const auto reviewable = by_county ? county_recommended : submitted;
    std::vector<Rule> rules{
        {Action::submit, Party::owner, {draft}, submitted},
        {Action::withdraw,
         Party::owner,
         {draft, submitted, county_recommended, under_review, public_notice},
         withdrawn},
        {Action::begin_review, Party::deciding_office, {reviewable}, under_review},
        {Action::return_for_supplement,
         Party::deciding_office,
         {reviewable, under_review, public_notice},
         draft},
        {Action::publish_notice, Party::deciding_office, {under_review}, public_notice},
        {Action::certify, Party::deciding_office, {public_notice}, certified},
        {Action::reject, Party::deciding_office, {reviewable, under_review, public_notice}, rejected}};
    if (by_county) {
        rules.push_back({Action::recommend, Party::county_office, {submitted}, county_recommended});
        rules.push_back({Action::return_for_supplement, Party::county_office, {submitted}, draft});
        rules.push_back({Action::reject, Party::county_office, {submitted}, rejected});
    }
    return rules;
}

Error conflict(std::string code, std::string message) {
    return Error{Failure::conflict, std::move(code), std::move(message)};
}

Error not_theirs(Party party) {
    if (party == Party::nobody) {
        return Error{Failure::forbidden, "not-your-application", "you have no say in this application"};
    }
    if (party == Party::unnamed_office) {
        return Error{Failure::forbidden, "office-name-unknown",
                     "your office is in the county, but its name is none of those that speak for one (" +
                         names_of_county_offices() + "): ask the platform to enter its full name"};
    }
    return Error{Failure::forbidden, "not-the-authority", "this step is another's to take"};
}

std::optional<Error> fault_of_submitting(const Application& application, Instant at) {
    if (application.submitted_before() || application.batch.takes_applications(shanghai_date(at)))
        return std::nullopt;
    return conflict("applications-closed",
                    "today is none of the days on which this batch takes applications");
}

std::optional<Error> fault_of_certifying(const Application& application, const Circumstances& now) {
    if (!application.notice_until || now.at < *application.notice_until) {
        return conflict("notice-open", "the days in which anybody may object are not over");
    }
    if (now.open_objections > 0) {
        return conflict("objections-open", "an objection has no answer yet");
    }
    return std::nullopt;
}

}  // namespace

const ApplicationText* Application::last_submitted() const {
    const auto last = std::find_if(steps.rbegin(), steps.rend(),
                                   [](const Step& step) { return step.submitted.has_value(); });
    return last == steps.rend() ? nullptr : &*last->submitted;
}

std::vector<OrganisationId> Application::recommended_by() const {
    std::vector<OrganisationId> offices;
    for (const auto& step : steps) {
        if (step.action == Action::submit) offices.clear();
        if (step.action == Action::recommend) offices.push_back(step.organisation);
    }
    return offices;
}

bool Application::submitted_before() const {
    return std::ranges::any_of(steps, [](const Step& step) { return step.action == Action::submit; });
}

Result<ApplicationState> state_after(const Application& application, Action action,
                                     const Circumstances& now) {
    const auto rules = rules_of(now.scheme);
    const auto theirs = [&](const Rule& rule) { return rule.action == action && rule.party == now.party; };
    const auto rule = std::ranges::find_if(rules, theirs);
    if (rule == rules.end()) return not_theirs(now.party);
    if (std::ranges::find(rule->from, application.state) == rule->from.end()) {
        return conflict("step-not-now", "an application that is " +
                                            std::string{wire_name(application.state)} +
                                            " does not take this step");
    }
    if (action == Action::submit) {
        if (auto fault = fault_of_submitting(application, now.at)) return *fault;
    }
    if (action == Action::certify) {
        if (auto fault = fault_of_certifying(application, now)) return *fault;
    }
    if (action == Action::recommend) {
        const auto before = application.recommended_by();
        if (std::ranges::find(before, now.house) != before.end()) {
            return conflict("recommended-already", "this office has recommended it already");
        }
        const auto needed = static_cast<std::size_t>(now.scheme.recommendations);
        if (before.size() + 1 < needed) return submitted;
    }
    return rule->to;
}

std::optional<Action> awaited_after(const Application& application, const Scheme& scheme) {
    if (application.steps.empty()) return std::nullopt;
    const bool by_county = scheme.recommendations > 0;
    const auto action = application.steps.back().action;
    if (action == Action::submit) return by_county ? Action::recommend : Action::begin_review;
    // The second office of the county was asked together with the first.
    if (application.state == county_recommended && action == Action::recommend) return Action::begin_review;
    return std::nullopt;
}

}  // namespace shanhai::certification
