#include "certification/application/case.hpp"

#include "certification/domain/checks.hpp"
#include "certification/store/application_rows.hpp"
#include "certification/store/known_bases.hpp"
#include "certification/store/known_facts.hpp"
#include "certification/store/objection_rows.hpp"
#include "certification/store/scheme_rows.hpp"

#include <algorithm>

namespace shanhai::certification {

using database::Session;

namespace {

/// Of whose goods the viewer may see the drafts, too.
std::vector<OrganisationId> houses_of(const Author& viewer) {
    std::vector<OrganisationId> houses;
    if (viewer.sells && viewer.organisation != OrganisationId{}) houses.push_back(viewer.organisation);
    if (viewer.operates) houses.emplace_back();
    return houses;
}

}  // namespace

Error unknown(const std::string& what) {
    return Error{Failure::not_found, what + "-unknown", "there is no such " + what};
}
Error conflict(std::string code, std::string message) {
    return Error{Failure::conflict, std::move(code), std::move(message)};
}
Error stale(const std::string& what) {
    return Error{Failure::precondition, "version-stale", "somebody else changed this " + what + " meanwhile"};
}

Result<Case> case_of(Session& session, ApplicationId id, const Author& author) {
    // The product first: whoever certifies holds it before anything else.
    const auto found = find_application(session, id, Hold::no);
    if (!found) return unknown("application");
    auto scheme = find_scheme(session, found->batch.scheme, found->batch.scheme_version);
    auto ground = ground_of(session, found->product, std::move(*scheme));
    if (!ground) return doubt(ground.error());
    return Case{*find_application(session, id, Hold::lock), std::move(*ground),
                find_organisation(session, author.organisation)};
}

Party party_of(const Case& one, Action action, const Author& author) {
    if (author.owns(one.ground.product)) return Party::owner;
    if (!author.certifies || author.sells || !one.house) return Party::nobody;
    if (fault_of_judging(one.ground.product, author)) return Party::nobody;
    const bool of_county = is_office_of(one.ground.county, *one.house);
    const bool decides = !fault_of_deciding(one.ground.scheme, one.ground.county, one.office());
    const bool for_county = of_county && (!decides || action == Action::recommend ||
                                          one.application.state == ApplicationState::submitted);
    if (for_county && one.ground.scheme.recommendations > 0) return Party::county_office;
    if (decides) return Party::deciding_office;
    if (of_county) return Party::county_office;
    return is_seated_in(one.ground.county, *one.house) ? Party::unnamed_office : Party::nobody;
}

Reach reach_of(Session& session, const Author& viewer, bool everything) {
    Reach reach;
    reach.everything = everything;
    reach.houses = houses_of(viewer);
    const auto house = find_organisation(session, viewer.organisation);
    if (!viewer.certifies || !house || !house->office) return reach;
    std::string after;
    for (;;) {
        constexpr std::size_t at_once = 100;
        const auto page = schemes(session, after, at_once);
        for (const auto& scheme : page) {
            if (!fault_of_ruling(scheme, &*house)) reach.schemes.push_back(scheme.code);
        }
        if (page.size() < at_once) break;
        after = page.back().code.text();
    }
    reach.county = house->county;
    return reach;
}

std::optional<ShownApplication> seen_by(Session& session, ApplicationId id, const Author& viewer,
                                        bool everything) {
    const ApplicationFilter this_one{.id = id, .batch = {}, .product = {}};
    auto seen = list_applications(session, reach_of(session, viewer, everything), this_one, {}, 1);
    if (seen.empty()) return std::nullopt;
    return std::move(seen.front());
}

std::vector<Finding> findings_of(Session& session, const ShownApplication& shown) {
    const auto county = CountyCode::parse(shown.county_code);
    if (!county) return {};
    const auto& batch = shown.application.batch;
    const auto scheme = find_scheme(session, batch.scheme, batch.scheme_version);
    Origin origin{.county = *county,
                  .merchant_active = shown.merchant_active,
                  .distributed = shown.distributed,
                  .registered_in = shown.registered_in};
    const auto product = shown.application.product;
    if (scheme->price_band_bp > 0) origin.prices = prices_beside(session, product);
    origin.base_confirmed = has_confirmed_base(session, product, *county, shown.distributed);
    origin.odd_harvests = odd_harvests(session, product);
    return checks_of(shown.application.text, batch, *scheme, origin, shanghai_date(session.now()));
}

bool is_own(Session& session, const Application& application, const Author& viewer) {
    return std::ranges::any_of(houses_of(viewer), [&](OrganisationId house) {
        return is_sold_by(session, application.product, house);
    });
}

ShownApplication shown_whole(Session& session, ApplicationId id) {
    auto shown = *show_application(session, id);
    shown.checks = findings_of(session, shown);
    return shown;
}

std::vector<ShownApplication> shown_to(Session& session, std::vector<ShownApplication> list,
                                       const Author& viewer) {
    for (auto& shown : list) {
        auto& application = shown.application;
        if (!application.rewritten() || is_own(session, application, viewer)) continue;
        const auto whole = find_application(session, shown.id, Hold::no);
        const auto* const text = whole ? whole->last_submitted() : nullptr;
        if (text == nullptr) continue;
        application.text.statement = text->statement;
        application.text.linkage = text->linkage;
        application.text.households = text->households;
    }
    return list;
}

bool may_answer(Session& session, const ShownApplication& shown, const Author& viewer) {
    const auto house = find_organisation(session, viewer.organisation);
    const auto code = CountyCode::parse(shown.county_code);
    if (!viewer.certifies || viewer.sells || !house || !code) return false;
    const auto county = find_county(session, *code);
    const auto& batch = shown.application.batch;
    const auto scheme = find_scheme(session, batch.scheme, batch.scheme_version);
    if (!county || !scheme || fault_of_deciding(*scheme, *county, &*house)) return false;
    return !is_sold_by(session, shown.application.product, viewer.organisation);
}

ShownApplication shown_to(Session& session, ApplicationId id, const Author& viewer, bool audits) {
    auto shown = *show_application(session, id);
    auto& application = shown.application;
    if (application.rewritten() && !is_own(session, application, viewer)) {
        if (const auto* const text = application.last_submitted()) application.text = ApplicationText{*text};
    }
    shown.checks = findings_of(session, shown);
    if (audits || may_answer(session, shown, viewer)) read_papers(session, shown.objections);
    return shown;
}

}  // namespace shanhai::certification
