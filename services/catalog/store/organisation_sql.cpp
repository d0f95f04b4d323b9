#include "catalog/store/organisation_sql.hpp"

#include "chassis/events/set_aside.hpp"

namespace shanhai::catalog {

using database::Session;

std::optional<std::string> remember_organisation(Session& session, OrganisationId id, const std::string& name,
                                                 const std::string& kind,
                                                 const std::optional<CountyCode>& county) {
    const auto code = county ? std::optional{std::string{county->text()}} : std::nullopt;
    std::optional<std::string> before;
    auto rows = session.query("SELECT name FROM organisation WHERE organisation_id = ? FOR UPDATE", id);
    if (rows.next()) before = rows.text(0);
    session.execute(
        "INSERT INTO organisation (organisation_id, name, kind, county_code) VALUES (?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE name = VALUES(name), kind = VALUES(kind), county_code = VALUES(county_code)",
        id, name, kind, code);
    return before;
}

std::optional<Error> fault_of_owner(Session& session, OrganisationId owner) {
    if (owner == OrganisationId{}) return std::nullopt;
    auto rows = session.query("SELECT kind FROM organisation WHERE organisation_id = ?", owner);
    const bool doubtful = events::is_untrusted(session, "shanhai.event.v1.OrganisationRegistered",
                                               "organisation_id", std::to_string(number(owner)));
    if (!rows.next() || doubtful) {
        return invalid_field("/organisation_id", "there is no such organisation");
    }
    const auto kind = rows.text(0);
    if (kind == "MERCHANT" || kind == "OPERATOR") return std::nullopt;
    return invalid_field("/organisation_id", "an office or an auditing body owns no merchant");
}

}  // namespace shanhai::catalog
