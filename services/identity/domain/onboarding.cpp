#include "identity/domain/onboarding.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

using enum OnboardingState;
using enum OnboardingAction;

struct Rule {
    OnboardingAction action;
    bool applicant;  ///< Whether it is the applicant's to take, or the operator's.
    std::vector<OnboardingState> from;
    OnboardingState to;
};

const std::vector<Rule>& rules() {
    static const std::vector<Rule> all{{submit, true, {returned}, submitted},
                                       {withdraw, true, {submitted, verified_once, returned}, withdrawn},
                                       {verify, false, {submitted, verified_once}, verified},
                                       {return_for_supplement, false, {submitted, verified_once}, returned},
                                       {reject, false, {submitted, verified_once, returned}, rejected}};
    return all;
}

Error not_theirs(bool applicant) {
    if (applicant)
        return Error{Failure::forbidden, "not-the-verifier", "this step is the operator's to take"};
    return Error{Failure::forbidden, "not-the-applicant", "this step is the applicant's to take"};
}

bool is_same_house(const Organisation& house, const MerchantPapers& papers) {
    return house.facts.name == papers.name || house.facts.uscc == papers.uscc;
}

std::optional<Error> fault_of_end(const std::optional<Date>& until, Date today, const char* pointer) {
    if (!until) return std::nullopt;
    if (*until >= today && !in_our_time(Instant{*until}))
        return invalid_field(pointer, "is after 2199; leave it out for a licence without end");
    if (*until >= today) return std::nullopt;
    return invalid_field(pointer, "this licence has ended; hand in the new one");
}

void append_date(std::string& text, const char* member, const std::optional<Date>& day) {
    if (day) text.append(member).append(date_text(*day));
}

}  // namespace

std::optional<Error> MerchantPapers::fault(Date today) const {
    if (food_licence.has_value() != food_licence_until.has_value()) {
        return invalid_field(food_licence ? "/food_licence_until" : "/food_licence",
                             "goes with a food licence, and a food licence with it");
    }
    if (auto fault = fault_of_end(business_licence_until, today, "/business_licence_until")) return fault;
    if (auto fault = fault_of_end(food_licence_until, today, "/food_licence_until")) return fault;
    if (kind == MerchantKind::distributor) return std::nullopt;
    const bool explained = !area_note.empty();
    if (auto fault = fault_of_area(uscc.area(), county, explained, "/uscc")) return fault;
    return food_licence ? fault_of_area(food_licence->area(), county, explained, "/food_licence")
                        : std::nullopt;
}

std::string MerchantPapers::canonical() const {
    std::string text = "name=" + name;
    text.append("\nkind=").append(wire_name(kind)).append("\nuscc=").append(uscc.text());
    text.append("\ncounty_code=").append(county.text());
    text.append("\nbusiness_licence=").append(business_licence);
    append_date(text, "\nbusiness_licence_until=", business_licence_until);
    if (food_licence) text.append("\nfood_licence=").append(food_licence->text());
    append_date(text, "\nfood_licence_until=", food_licence_until);
    text.append("\nbank_reference=").append(bank_reference);
    return text.append("\narea_note=").append(area_note) + "\n";
}

std::optional<Date> MerchantPapers::licence_until() const {
    if (!business_licence_until) return food_licence_until;
    if (!food_licence_until) return business_licence_until;
    return std::min(*business_licence_until, *food_licence_until);
}

std::optional<AccountId> Onboarding::verified_first() const {
    if (state != verified_once || steps.empty()) return std::nullopt;
    return steps.back().by;
}

bool Onboarding::shows_contact_to(AccountId account) const {
    if (is_open(state)) return true;
    return std::ranges::any_of(steps, [&](const OnboardingStep& step) { return step.by == account; });
}

Result<OnboardingState> state_after(const Onboarding& onboarding, OnboardingAction action,
                                    const OnboardingParty& party) {
    const auto rule = std::ranges::find(rules(), action, &Rule::action);
    if (rule->applicant != party.applicant()) return not_theirs(party.applicant());
    if (party.house && is_same_house(*party.house, onboarding.papers)) {
        return Error{Failure::forbidden, "conflict-of-interest", "nobody verifies the house they work for"};
    }
    if (std::ranges::find(rule->from, onboarding.state) == rule->from.end()) {
        return Error{Failure::conflict, "step-not-now",
                     "an application that is " + std::string{wire_name(onboarding.state)} +
                         " does not take this step"};
    }
    if (action != verify) return rule->to;
    const auto first = onboarding.verified_first();
    if (!first) return verified_once;
    if (*first == party.account) {
        return Error{Failure::forbidden, "second-person",
                     "you have verified it already: the second time is another person's"};
    }
    return verified;
}

}  // namespace shanhai::identity
