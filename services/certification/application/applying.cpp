#include "certification/application/applying.hpp"

#include "certification/application/ground.hpp"
#include "certification/domain/working_days.hpp"
#include "certification/store/application_rows.hpp"
#include "certification/store/certification_rows.hpp"
#include "certification/store/known_facts.hpp"
#include "certification/store/scheme_rows.hpp"

#include <algorithm>

namespace shanhai::certification {
namespace {

using database::Session;

/// Without an answer, of one application: no crowd fills the table.
constexpr std::int64_t open_objections_max = 500;

Error unknown(const std::string& what) {
    return Error{Failure::not_found, what + "-unknown", "there is no such " + what};
}
Error conflict(std::string code, std::string message) {
    return Error{Failure::conflict, std::move(code), std::move(message)};
}
Error stale(const std::string& what) {
    return Error{Failure::precondition, "version-stale", "somebody else changed this " + what + " meanwhile"};
}
Error scheme_exists() { return conflict("scheme-exists", "there is a scheme of that code"); }

/// An application with all that decides about it; it and its product are locked.
struct Case {
    Application application;
    Ground ground;
    std::optional<Organisation> house;  ///< The author's.

    const Organisation* office() const { return house ? &*house : nullptr; }
};

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

/// In which capacity the author takes this action: an office that decides may also be one of the county.
Party party_of(const Case& one, Action action, const Author& author) {
    if (author.owns(one.ground.product)) return Party::owner;
    if (!author.certifies || author.sells || !one.house) return Party::nobody;
    if (fault_of_judging(one.ground.product, author)) return Party::nobody;
    const bool of_county = is_office_of(one.ground.county, *one.house);
    const bool decides = !fault_of_deciding(one.ground.scheme, one.ground.county, one.office());
    const bool for_county = of_county && (!decides || action == Action::recommend ||
                                          one.application.state == ApplicationState::submitted);
    if (for_county && one.ground.scheme.recommendations > 0) return Party::county_office;
    return decides ? Party::deciding_office : of_county ? Party::county_office : Party::nobody;
}

Reach reach_of(Session& session, const Author& viewer, bool everything) {
    Reach reach;
    reach.everything = everything;
    if (viewer.sells && viewer.organisation != OrganisationId{}) reach.houses.push_back(viewer.organisation);
    if (viewer.operates) reach.houses.emplace_back();
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

/// What CERTIFY makes of an application.
Result<CertificationId> certify(Session& session, const Case& one, const std::string& number, Instant at,
                                const Author& author, const Announce& announce) {
    if (number.empty()) return invalid_field("/number", "a certification has a number");
    const auto& batch = one.application.batch;
    Certification made{.id = {},
                       .product = one.application.product,
                       .scheme = batch.scheme,
                       .year = batch.year,
                       .authority = std::string{one.house->proper_name()},
                       .number = number,
                       .valid_from = batch.valid_from,
                       .valid_to = batch.valid_to,
                       .state = CertificationState::certified,
                       .state_since = {},
                       .reason = {},
                       .recorded = {}};
    if (auto fault = fault_beside(one.ground, made)) return *fault;
    const auto id = insert_certification(session, made, at, author.account);
    if (!id) return conflict("number-taken", "the scheme has given that number already");
    announce(session, find_certification(session, *id)->certification);
    return *id;
}

/// Whether what is applied for can be given at all: 409 `batch-over`, or, when the county is not the scheme's
/// on the batch's first day, 422 `/product_id`.
std::optional<Error> fault_of_aim(const Batch& batch, const Ground& ground, Date today) {
    if (batch.valid_to <= today) return conflict("batch-over", "what this batch certifies is over already");
    return fault_of_goods(ground.scheme, ground.county, ground.pairings, batch.valid_from);
}

/// A reason is asked of whoever sends something back or ends it for others.
std::optional<Error> fault_of(const Move& move) {
    const bool reasoned = move.action == Action::return_for_supplement || move.action == Action::reject;
    if (reasoned && move.reason.empty()) return invalid_field("/reason", "say what is missing, or why not");
    return std::nullopt;
}

/// Whether the step brings it nearer to a certification.
bool goes_on(Action action) {
    return action == Action::submit || action == Action::recommend || action == Action::begin_review ||
           action == Action::publish_notice || action == Action::certify;
}

/// Whether an office decides on what it read: the product's text must be the one that was submitted.
bool decides_on_text(Action action) { return goes_on(action) && action != Action::submit; }

Result<ShownApplication> act_in(Session& session, ApplicationId id, int seen, const Move& move,
                                const Author& author, const Applying::Told& told) {
    if (auto fault = fault_of(move)) return *fault;
    auto one = case_of(session, id, author);
    if (!one) return one.error();
    auto& application = one->application;
    const auto at = session.now();
    const Circumstances now{one->ground.scheme, party_of(*one, move.action, author), author.organisation, at,
                            open_objections(session, id)};
    const auto next = state_after(application, move.action, now);
    if (!next) return next.error();
    if (application.version != seen) return stale("application");
    if (decides_on_text(move.action) && product_changed(session, id)) {
        return conflict("product-changed",
                        "the product's text is not the one that was submitted: send it back");
    }
    if (goes_on(move.action)) {
        if (auto fault = fault_of_aim(application.batch, one->ground, shanghai_date(at))) {
            if (fault->kind() == Failure::conflict) return *fault;
            return conflict("not-certifiable", fault->fields().at(0).detail);
        }
    }
    if (move.action == Action::certify) {
        const auto made = certify(session, *one, move.number, at, author, told.certification);
        if (!made) return made.error();
        application.certification = *made;
    }
    if (move.action == Action::publish_notice) {
        application.notice_until =
            after_working_days(shanghai_date(at), one->ground.scheme.notice_days, calendar(session));
    }
    if (*next == ApplicationState::draft) application.notice_until.reset();
    if (move.action == Action::submit) freeze_product(session, id);
    application.state = *next;
    application.version += 1;
    application.steps.push_back(
        {move.action, *next, move.reason, at, author.account, author.organisation, std::nullopt});
    if (move.action == Action::submit) application.steps.back().submitted = application.text;
    update_application(session, application);
    append_step(session, id, application.steps.back());
    told.step(session, application);
    return *show_application(session, id);
}

Result<ShownApplication> draft_in(Session& session, const NewApplication& draft, const Author& author) {
    const auto batch = find_batch(session, draft.batch);
    if (!batch) return invalid_field("/batch_id", "there is no such batch");
    auto scheme = find_scheme(session, batch->scheme, batch->scheme_version);
    const auto ground = ground_of(session, draft.product, std::move(*scheme));
    if (!ground) return ground.error();
    if (!author.owns(ground->product)) {
        return Error{Failure::forbidden, "not-your-application", "a merchant applies for its own goods"};
    }
    if (auto fault = fault_of_aim(*batch, *ground, shanghai_date(session.now()))) return *fault;
    const Certification wanted{.product = draft.product,
                               .scheme = batch->scheme,
                               .year = batch->year,
                               .authority = {},
                               .number = {},
                               .reason = {}};
    if (auto fault = fault_beside(*ground, wanted)) return *fault;
    const auto id = insert_application(session, draft);
    if (!id) return conflict("applied-already", "this product has an application in that batch");
    return *show_application(session, *id);
}

/// Without its steps and objections; nothing for whoever it does not concern.
std::optional<ShownApplication> seen_by(Session& session, ApplicationId id, const Author& viewer,
                                        bool everything) {
    const ApplicationFilter this_one{.id = id, .batch = {}, .product = {}, .state = {}};
    auto seen = list_applications(session, reach_of(session, viewer, everything), this_one, {}, 1);
    if (seen.empty()) return std::nullopt;
    return std::move(seen.front());
}

Result<ShownApplication> renew_in(Session& session, ApplicationId id, BatchId batch, const Author& author) {
    const auto seen = seen_by(session, id, author, false);
    if (!seen) return unknown("application");
    const auto& last = seen->application;
    if (!last.ended()) return conflict("step-not-now", "that application is still open");
    return draft_in(session, {batch, last.product, last.text, id}, author);
}

Result<ShownApplication> edit_in(Session& session, ApplicationId id, int seen, const ApplicationText& text,
                                 const Author& author) {
    auto one = case_of(session, id, author);
    if (!one) return one.error();
    auto& application = one->application;
    if (!author.owns(one->ground.product)) {
        return Error{Failure::forbidden, "not-your-application", "you have no say in this application"};
    }
    if (application.state != ApplicationState::draft) {
        return conflict("step-not-now", "what was submitted is not changed any more");
    }
    if (application.version != seen) return stale("application");
    if (application.text == text) return *show_application(session, id);
    application.text = text;
    application.version += 1;
    update_application(session, application);
    return *show_application(session, id);
}

Result<Scheme> rule_in(Session& session, Scheme wanted, std::optional<int> current, const Author& author) {
    const auto house = find_organisation(session, author.organisation);
    if (author.sells || !house || !house->office) {
        return Error{Failure::forbidden, "not-the-authority", "an office makes the rules of its scheme"};
    }
    const auto known = find_scheme(session, wanted.code);
    if (!known && current) return unknown("scheme");
    if (known && !current) return scheme_exists();
    if (known) {
        if (auto fault = fault_of_ruling(*known, &*house)) return *fault;
        if (known->version != *current) return stale("scheme");
        wanted.offices = known->offices;
        wanted.district = known->district;
    } else {
        wanted.offices = {std::string{house->proper_name()}};
        wanted.district = house->county;
    }
    wanted.version = known ? known->version + 1 : 1;
    if (auto fault = wanted.fault()) return *fault;
    if (!insert_scheme(session, wanted, author.account)) {
        return known ? stale("scheme") : scheme_exists();
    }
    return wanted;
}

Result<Batch> open_batch_in(Session& session, Batch batch, const Author& author) {
    const auto scheme = find_scheme(session, batch.scheme);
    if (!scheme) return invalid_field("/scheme", "there is no such scheme");
    const auto house = find_organisation(session, author.organisation);
    if (auto fault = fault_of_ruling(*scheme, house && !author.sells ? &*house : nullptr)) return *fault;
    batch.scheme_version = scheme->version;
    if (auto fault = batch.fault(*scheme, shanghai_date(session.now()))) return *fault;
    const auto id = insert_batch(session, batch, author.account);
    if (!id) return conflict("batch-exists", "that scheme has a batch of that year");
    batch.id = *id;
    return batch;
}

Result<Objection> object_in(Session& session, ApplicationId id, const std::string& text) {
    const auto application = find_application(session, id, Hold::lock);
    const bool open = application && application->state == ApplicationState::public_notice &&
                      session.now() < *application->notice_until;
    if (!open) return unknown("notice");
    if (open_objections(session, id) >= open_objections_max) {
        return conflict("objections-full", "so many have objected that the office must answer them first");
    }
    return *lock_objection(session, insert_objection(session, id, text));
}

Result<Objection> answer_in(Session& session, ObjectionId id, const std::string& answer,
                            const Author& author) {
    const auto objection = lock_objection(session, id);
    if (!objection) return unknown("objection");
    const auto one = case_of(session, objection->application, author);
    if (!one) return one.error();
    if (auto fault = fault_of_judging(one->ground.product, author)) return *fault;
    if (auto fault = fault_of_deciding(one->ground.scheme, one->ground.county, one->office())) return *fault;
    if (objection->answer) return conflict("answered-already", "this objection has an answer");
    answer_objection(session, id, answer, author.account);
    return *lock_objection(session, id);
}

}  // namespace

Applying::Awaitable<std::vector<Scheme>> Applying::schemes(std::string after, std::size_t count) const {
    return pool_.transact([after = std::move(after), count](Session& session) -> Result<std::vector<Scheme>> {
        return certification::schemes(session, after, count);
    });
}

Applying::Awaitable<Scheme> Applying::scheme(SchemeCode code) const {
    return pool_.transact([code = std::move(code)](Session& session) -> Result<Scheme> {
        auto found = find_scheme(session, code);
        if (!found) return unknown("scheme");
        return std::move(*found);
    });
}

Applying::Awaitable<Scheme> Applying::rule(Scheme wanted, std::optional<int> current, Author author) {
    return pool_.transact([wanted = std::move(wanted), current, author](Session& session) {
        return rule_in(session, wanted, current, author);
    });
}

Applying::Awaitable<std::vector<Batch>> Applying::batches(std::optional<SchemeCode> scheme, BatchId after,
                                                          std::size_t count) const {
    return pool_.transact(
        [scheme = std::move(scheme), after, count](Session& session) -> Result<std::vector<Batch>> {
            return certification::batches(session, scheme, after, count);
        });
}

Applying::Awaitable<Batch> Applying::open_batch(Batch batch, Author author) {
    return pool_.transact([batch = std::move(batch), author](Session& session) {
        return open_batch_in(session, batch, author);
    });
}

Applying::Awaitable<ShownApplication> Applying::draft(NewApplication wanted, Author author) {
    return pool_.transact(
        [wanted = std::move(wanted), author](Session& session) { return draft_in(session, wanted, author); });
}

Applying::Awaitable<ShownApplication> Applying::renew(ApplicationId id, BatchId batch, Author author) {
    return pool_.transact(
        [id, batch, author](Session& session) { return renew_in(session, id, batch, author); });
}

Applying::Awaitable<ShownApplication> Applying::edit(ApplicationId id, int seen, ApplicationText text,
                                                     Author author) {
    return pool_.transact([id, seen, text = std::move(text), author](Session& session) {
        return edit_in(session, id, seen, text, author);
    });
}

Applying::Awaitable<ShownApplication> Applying::act(ApplicationId id, int seen, Move move, Author author) {
    return write([this, id, seen, move = std::move(move), author](Session& session) {
        return act_in(session, id, seen, move, author, told_);
    });
}

Applying::Awaitable<ShownApplication> Applying::find(ApplicationId id, Author viewer, bool everything) const {
    return pool_.transact([id, viewer, everything](Session& session) -> Result<ShownApplication> {
        if (!seen_by(session, id, viewer, everything)) return unknown("application");
        return *show_application(session, id);
    });
}

Applying::Awaitable<std::vector<ShownApplication>> Applying::list(ApplicationFilter filter, Author viewer,
                                                                  bool everything, ApplicationId after,
                                                                  std::size_t count) const {
    return pool_.transact([filter, viewer, everything, after,
                           count](Session& session) -> Result<std::vector<ShownApplication>> {
        return list_applications(session, reach_of(session, viewer, everything), filter, after, count);
    });
}

Applying::Awaitable<std::vector<ShownApplication>> Applying::notices(ApplicationId after,
                                                                     std::size_t count) const {
    return pool_.transact([after, count](Session& session) -> Result<std::vector<ShownApplication>> {
        return open_notices(session, after, count);
    });
}

Applying::Awaitable<Objection> Applying::object(ApplicationId id, std::string text) {
    return pool_.transact(
        [id, text = std::move(text)](Session& session) { return object_in(session, id, text); });
}

Applying::Awaitable<std::vector<Objection>> Applying::answered(ApplicationId id, ObjectionId after,
                                                               std::size_t count) const {
    return pool_.transact([id, after, count](Session& session) -> Result<std::vector<Objection>> {
        return answered_objections(session, id, after, count);
    });
}

Applying::Awaitable<Objection> Applying::answer(ObjectionId id, std::string answer, Author author) {
    return pool_.transact([id, answer = std::move(answer), author](Session& session) {
        return answer_in(session, id, answer, author);
    });
}

}  // namespace shanhai::certification
