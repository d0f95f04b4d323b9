#include "catalog/events/organisation_facts.hpp"

#include "catalog/store/organisation_sql.hpp"
#include "shanhai/event/v1/identity.pb.h"
#include "vocabulary/codes.hpp"

namespace shanhai::catalog {

void apply_organisation_fact(database::Session& session, const events::Event& event) {
    event::v1::OrganisationRegistered told;
    if (!event.read(told)) return;
    std::optional<CountyCode> county;
    // Dereferencing the Result throws when the code is no county's: the fact is then set aside.
    if (!told.county_code().empty()) county = *CountyCode::parse(told.county_code());
    remember_organisation(session, OrganisationId{told.organisation_id()}, told.name(), told.kind(), county);
}

}  // namespace shanhai::catalog
