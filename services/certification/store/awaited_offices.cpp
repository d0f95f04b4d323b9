#include "certification/store/awaited_offices.hpp"

#include "certification/store/known_facts.hpp"
#include "certification/store/scheme_rows.hpp"

namespace shanhai::certification {
namespace {

using database::Session;

constexpr std::size_t offices_read_max = 5000;  // More than there are counties.

std::optional<KnownCounty> county_of(Session& session, ProductId product) {
    auto rows = session.query(
        "SELECT county_code FROM known_sku WHERE product_id = ? ORDER BY sku_id DESC LIMIT 1", product);
    if (!rows.next()) return std::nullopt;
    return find_county(session, *CountyCode::parse(rows.text(0)));
}

std::vector<Organisation> offices(Session& session) {
    std::vector<Organisation> found;
    auto rows = session.query(
        "SELECT organisation_id, name, county_code FROM known_organisation WHERE kind = 'DISTRICT_OFFICE' "
        "ORDER BY organisation_id LIMIT ?",
        offices_read_max);
    while (rows.next()) {
        Organisation office{rows.id<OrganisationId>(0), rows.text(1), true, std::nullopt};
        if (const auto code = rows.optional_text(2)) office.county = *CountyCode::parse(*code);
        found.push_back(std::move(office));
    }
    return found;
}

}  // namespace

std::optional<Awaited> awaited(Session& session, const Application& application) {
    const auto scheme = find_scheme(session, application.batch.scheme, application.batch.scheme_version);
    if (!scheme) return std::nullopt;
    const auto action = awaited_after(application, *scheme);
    const auto county = action ? county_of(session, application.product) : std::nullopt;
    if (!county) return std::nullopt;
    Awaited found{*action, {}};
    for (const auto& office : offices(session)) {
        const bool may = *action == Action::recommend ? is_office_of(*county, office)
                                                      : !fault_of_deciding(*scheme, *county, &office);
        if (may && found.offices.size() < Awaited::offices_max) found.offices.push_back(office.id);
    }
    return found;
}

}  // namespace shanhai::certification
