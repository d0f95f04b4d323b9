#include "certification/events/outgoing.hpp"

#include "certification/store/awaited_offices.hpp"
#include "chassis/events/bounds.hpp"
#include "shanhai/event/v1/certification.pb.h"

namespace shanhai::certification {

void announce(database::Session& session, const Certification& one) {
    event::v1::CertificationDeclared fact;
    fact.set_certification_id(number(one.id));
    fact.set_product_id(number(one.product));
    fact.set_scheme(one.scheme.text());
    fact.set_year(one.year);
    fact.set_authority(one.authority);
    fact.set_number(one.number);
    fact.set_valid_from_day(one.valid_from.time_since_epoch().count());
    fact.set_valid_to_day(one.valid_to.time_since_epoch().count());
    fact.set_state(std::string{wire_name(one.state)});
    fact.set_state_since_us(unix_microseconds(one.state_since));
    fact.set_reason(one.reason);
    fact.set_recorded_us(unix_microseconds(one.recorded));
    if (one.households) fact.set_households(one.households->count);
    if (one.households && one.households->people) fact.set_people(*one.households->people);
    events::publish(session, {events::bounded(fact)});
}

void announce_step(database::Session& session, const Application& application) {
    const auto& step = application.steps.back();
    event::v1::ApplicationMoved fact;
    fact.set_application_id(number(application.id));
    fact.set_product_id(number(application.product));
    fact.set_scheme(application.batch.scheme.text());
    fact.set_year(application.batch.year);
    fact.set_action(std::string{wire_name(step.action)});
    fact.set_state(std::string{wire_name(step.state)});
    fact.set_reason(step.reason);
    fact.set_at_us(unix_microseconds(step.at));
    fact.set_by_account(number(step.by));
    fact.set_organisation_id(number(step.organisation));
    fact.set_certification_id(number(application.certification));
    if (const auto next = awaited(session, application)) {
        fact.set_awaited_action(std::string{wire_name(next->action)});
        for (const auto office : next->offices) fact.add_awaits()->set_organisation_id(number(office));
    }
    events::publish(session, {events::bounded(fact)});
}

void announce_proposal(database::Session& session, const Certification& certification,
                       const Proposal& proposal) {
    const bool waits = proposal.outcome == ProposalOutcome::waiting;
    event::v1::ProposalMoved fact;
    fact.set_proposal_id(number(proposal.id));
    fact.set_certification_id(number(certification.id));
    fact.set_product_id(number(certification.product));
    fact.set_scheme(certification.scheme.text());
    fact.set_year(certification.year);
    fact.set_proposed(std::string{wire_name(proposal.state)});
    fact.set_outcome(std::string{wire_name(proposal.outcome)});
    fact.set_reason(waits ? proposal.reason : proposal.answer);
    fact.set_at_us(unix_microseconds(proposal.answered.value_or(proposal.at)));
    fact.set_organisation_id(number(proposal.organisation));
    fact.set_by_account(number(proposal.by));
    fact.set_answered_by(number(proposal.answered_by));
    events::publish(session, {events::bounded(fact)});
}

void announce_objected(database::Session& session, const Application& application, bool open, Instant at) {
    event::v1::ApplicationObjected fact;
    fact.set_application_id(number(application.id));
    fact.set_product_id(number(application.product));
    fact.set_scheme(application.batch.scheme.text());
    fact.set_year(application.batch.year);
    fact.set_open(open);
    fact.set_at_us(unix_microseconds(at));
    if (open) {
        for (const auto office : deciding_offices(session, application))
            fact.add_awaits()->set_organisation_id(number(office));
    }
    events::publish(session, {events::bounded(fact)});
}

void announce_scheme(database::Session& session, const Scheme& scheme) {
    event::v1::SchemeDeclared fact;
    fact.set_scheme(scheme.code.text());
    fact.set_version(scheme.version);
    fact.set_name(scheme.name);
    events::publish(session, {events::bounded(fact)});
}

void announce_edition(database::Session& session, const Edition& edition) {
    event::v1::EditionPublished fact;
    fact.set_edition_id(number(edition.id));
    fact.set_scheme(edition.scheme.text());
    fact.set_year(edition.year);
    fact.set_number(edition.number);
    fact.set_sha256(edition.sha256);
    fact.set_certifications(static_cast<std::uint64_t>(edition.certifications));
    fact.set_frozen_us(unix_microseconds(edition.frozen));
    events::publish(session, {events::bounded(fact)});
}

}  // namespace shanhai::certification
