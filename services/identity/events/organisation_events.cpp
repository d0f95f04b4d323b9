#include "identity/events/organisation_events.hpp"

#include "chassis/events/bounds.hpp"
#include "chassis/events/frame.hpp"

#include <shanhai/event/v1/identity.pb.h>

namespace shanhai::identity {

namespace {

/// 0: without end, or no such licence.
std::int64_t day_number(const std::optional<Date>& day) { return day ? day->time_since_epoch().count() : 0; }

event::v1::OrganisationRegistered fact_of(const Organisation& organisation) {
    const auto& facts = organisation.facts;
    event::v1::OrganisationRegistered fact;
    fact.set_organisation_id(number(organisation.id));
    fact.set_name(facts.name);
    fact.set_kind(std::string{wire_name(facts.kind)});
    if (facts.uscc) fact.set_uscc(facts.uscc->text());
    if (facts.county) fact.set_county_code(std::string{facts.county->text()});
    return fact;
}

event::v1::MerchantVerified fact_of(OrganisationId organisation, const Onboarding& onboarding, Instant at) {
    const auto& papers = onboarding.papers;
    const auto& steps = onboarding.steps;
    event::v1::MerchantVerified fact;
    fact.set_organisation_id(number(organisation));
    fact.set_name(papers.name);
    fact.set_kind(std::string{wire_name(papers.kind)});
    fact.set_uscc(papers.uscc.text());
    fact.set_county_code(std::string{papers.county.text()});
    fact.set_business_licence(papers.business_licence);
    fact.set_business_licence_until_day(day_number(papers.business_licence_until));
    if (papers.food_licence) fact.set_food_licence(papers.food_licence->text());
    fact.set_food_licence_until_day(day_number(papers.food_licence_until));
    fact.set_area_note(papers.area_note);
    fact.set_verified_us(unix_microseconds(at));
    fact.set_first_account(number(steps.at(steps.size() - 2).by));
    fact.set_second_account(number(steps.back().by));
    return fact;
}

}  // namespace

void publish_registered(database::Session& session, const Organisation& organisation) {
    events::publish(session, {events::Event::of(fact_of(organisation))});
}

void publish_corrected(database::Session& session, const Organisation& organisation, AccountId by) {
    auto fact = fact_of(organisation);
    fact.set_corrected_by(number(by));
    events::publish(session, {events::Event::of(fact)});
}

void publish_moved(database::Session& session, const Onboarding& onboarding) {
    const auto& step = onboarding.steps.back();
    event::v1::OnboardingMoved fact;
    fact.set_onboarding_id(number(onboarding.id));
    fact.set_name(onboarding.papers.name);
    fact.set_state(std::string{wire_name(step.state)});
    fact.set_at_us(unix_microseconds(step.at));
    fact.set_by_account(number(step.by));
    events::publish(session, {events::bounded(fact)});
}

void publish_verified(database::Session& session, const Organisation& organisation,
                      const Onboarding& onboarding, Instant at) {
    events::publish(session, {events::Event::of(fact_of(organisation)),
                              events::bounded(fact_of(organisation.id, onboarding, at))});
}

}  // namespace shanhai::identity
