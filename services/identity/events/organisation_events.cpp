#include "identity/events/organisation_events.hpp"

#include "chassis/events/frame.hpp"

#include <shanhai/event/v1/identity.pb.h>

namespace shanhai::identity {

void publish_registered(database::Session& session, const Organisation& organisation) {
    const auto& facts = organisation.facts;
    event::v1::OrganisationRegistered fact;
    fact.set_organisation_id(number(organisation.id));
    fact.set_name(facts.name);
    fact.set_kind(std::string{wire_name(facts.kind)});
    if (facts.uscc) fact.set_uscc(facts.uscc->text());
    if (facts.county) fact.set_county_code(std::string{facts.county->text()});
    events::publish(session, {events::Event::of(fact)});
}

}  // namespace shanhai::identity
