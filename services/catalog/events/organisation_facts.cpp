#include "catalog/events/organisation_facts.hpp"

#include "catalog/store/organisation_sql.hpp"
#include "shanhai/event/v1/identity.pb.h"
#include "vocabulary/codes.hpp"

namespace shanhai::catalog {

namespace {

void learn(database::Session& session, const event::v1::OrganisationRegistered& told) {
    std::optional<CountyCode> county;
    // Dereferencing the Result throws when the code is no county's: the fact is then set aside.
    if (!told.county_code().empty()) county = *CountyCode::parse(told.county_code());
    remember_organisation(session, OrganisationId{told.organisation_id()}, told.name(), told.kind(), county);
}

}  // namespace

const events::Lessons& lessons() {
    static const auto all =
        events::Lessons{}.of<event::v1::OrganisationRegistered>(events::Past::latest, learn);
    return all;
}

}  // namespace shanhai::catalog
