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

template <class May>
std::vector<OrganisationId> those(Session& session, May may) {
    std::vector<OrganisationId> found;
    for (const auto& office : offices(session)) {
        if (may(office) && found.size() < Awaited::offices_max) found.push_back(office.id);
    }
    return found;
}

std::vector<OrganisationId> deciding(Session& session, const Scheme& scheme, const KnownCounty& county) {
    return those(session, [&](const Organisation& one) { return !fault_of_deciding(scheme, county, &one); });
}

}  // namespace

std::optional<Awaited> awaited(Session& session, const Application& application) {
    const auto scheme = find_scheme(session, application.batch.scheme, application.batch.scheme_version);
    if (!scheme) return std::nullopt;
    const auto action = awaited_after(application, *scheme);
    const auto county = action ? county_of(session, application.product) : std::nullopt;
    if (!county) return std::nullopt;
    if (*action != Action::recommend) return Awaited{*action, deciding(session, *scheme, *county)};
    return Awaited{*action,
                   those(session, [&](const Organisation& one) { return is_office_of(*county, one); })};
}

std::vector<OrganisationId> deciding_offices(Session& session, const Application& application) {
    const auto scheme = find_scheme(session, application.batch.scheme, application.batch.scheme_version);
    const auto county = county_of(session, application.product);
    if (!scheme || !county) return {};
    return deciding(session, *scheme, *county);
}

}  // namespace shanhai::certification
