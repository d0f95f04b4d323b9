#include "catalog/store/organisation_sql.hpp"

#include "chassis/events/set_aside.hpp"

namespace shanhai::catalog {

using database::Session;

void remember_organisation(Session& session, OrganisationId id, const std::string& name,
                           const std::string& kind, const std::optional<CountyCode>& county) {
    const auto code = county ? std::optional{std::string{county->text()}} : std::nullopt;
    session.execute(
        "INSERT INTO organisation (organisation_id, name, kind, county_code) VALUES (?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE name = VALUES(name), kind = VALUES(kind), county_code = VALUES(county_code)",
        id, name, kind, code);
}

std::optional<Organisation> read_organisation(Session& session, OrganisationId id) {
    auto rows =
        session.query("SELECT name, kind, county_code FROM organisation WHERE organisation_id = ?", id);
    const bool doubtful = events::is_untrusted(session, "shanhai.event.v1.OrganisationRegistered",
                                               "organisation_id", std::to_string(number(id)));
    if (!rows.next() || doubtful) return std::nullopt;
    const auto kind = rows.text(1);
    Organisation organisation{id, rows.text(0), kind == "DISTRICT_OFFICE",
                              kind == "MERCHANT" || kind == "OPERATOR", std::nullopt};
    if (const auto code = rows.optional_text(2)) organisation.county = *CountyCode::parse(*code);
    return organisation;
}

std::optional<Error> fault_of_owner(Session& session, OrganisationId owner) {
    if (owner == OrganisationId{}) return std::nullopt;
    const auto house = read_organisation(session, owner);
    if (!house) return invalid_field("/organisation_id", "there is no such organisation");
    if (house->seller) return std::nullopt;
    return invalid_field("/organisation_id", "an office or an auditing body owns no merchant");
}

}  // namespace shanhai::catalog
