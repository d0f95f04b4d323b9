#include "certification/application/applying.hpp"

#include "certification/application/case.hpp"
#include "certification/domain/checks.hpp"
#include "certification/domain/working_days.hpp"
#include "certification/store/application_rows.hpp"
#include "certification/store/certification_rows.hpp"
#include "certification/store/known_facts.hpp"
#include "certification/store/objection_rows.hpp"
#include "certification/store/scheme_rows.hpp"
#include "chassis/files/file_rows.hpp"

#include <algorithm>

namespace shanhai::certification {
namespace {

using database::Session;

/// Without an answer, of one application: no crowd fills the table.
constexpr std::int64_t open_objections_max = 500;

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
                       .recorded = {},
                       .households = one.application.text.households};
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

/// 422 at the first paper whose file is not there for this author.
std::optional<Error> fault_of_files(Session& session, const ApplicationText& text, const Author& author) {
    std::vector<files::FileId> ids;
    for (const auto& paper : text.evidence) ids.push_back(paper.file);
    const auto stored = files::stored_files(session, ids);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto file = std::ranges::find(stored, ids[i], &files::File::id);
        if (file != stored.end() && file->owner == number(author.organisation)) continue;
        return invalid_field("/evidence/" + std::to_string(i) + "/file_id",
                             "your organisation has handed in no such file to its end");
    }
    return std::nullopt;
}

/// All of them when it is submitted; when it is decided, the word of who makes it.
std::optional<Error> fault_of_papers(Session& session, const Case& one, Action action) {
    if (action == Action::submit) {
        return fault_of_checks(findings_of(session, *show_application(session, one.application.id)));
    }
    if (action != Action::certify) return std::nullopt;
    const auto& product = one.ground.product;
    const Origin origin{.county = product.county, .distributed = product.distributed};
    const auto missed = fault_of_agency(one.application.text, one.ground.scheme, origin);
    return missed ? fault_of_checks({*missed}) : std::nullopt;
}

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
    if (auto fault = fault_of_papers(session, *one, move.action)) return *fault;
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
    return shown_to(session, id, author, false);
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
    if (auto fault = fault_of_files(session, draft.text, author)) return *fault;
    const Certification wanted{.product = draft.product,
                               .scheme = batch->scheme,
                               .year = batch->year,
                               .authority = {},
                               .number = {},
                               .reason = {}};
    if (auto fault = fault_beside(*ground, wanted)) return *fault;
    const auto id = insert_application(session, draft);
    if (!id) return conflict("applied-already", "this product has an application in that batch");
    return shown_whole(session, *id);
}

Result<ShownApplication> renew_in(Session& session, ApplicationId id, BatchId batch, const Author& author) {
    if (!seen_by(session, id, author, false)) return unknown("application");
    const auto last = *find_application(session, id, Hold::no);  // What is seen in lists has no papers.
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
    if (application.text == text) return shown_whole(session, id);
    if (auto fault = fault_of_files(session, text, author)) return *fault;
    application.text = text;
    application.version += 1;
    update_application(session, application);
    return shown_whole(session, id);
}

/// The files that the objection names, which are its own from now on.
Result<std::vector<files::FileId>> claim_papers(Session& session, const NewObjection& objection) {
    std::vector<files::FileId> claimed;
    for (std::size_t i = 0; i < objection.papers.size(); ++i) {
        const auto file = files::claim(session, objection.holder, objection.papers[i]);
        if (!file) {
            return invalid_field(
                "/files/" + std::to_string(i),
                "with this key no such file was handed in to its end, or it is used already");
        }
        claimed.push_back(*file);
    }
    return claimed;
}

Result<MadeObjection> object_in(Session& session, ApplicationId id, const NewObjection& objection,
                                const AnnounceObjected& announce) {
    const auto application = find_application(session, id, Hold::lock);
    // Also once the notice is over: it was taken, and the answer lost.
    if (auto before = find_repeated(session, id, objection)) return MadeObjection{std::move(*before), true};
    const bool open = application && application->state == ApplicationState::public_notice &&
                      session.now() < *application->notice_until;
    if (!open) return unknown("notice");
    const auto waiting = open_objections(session, id);
    if (waiting >= open_objections_max) {
        return conflict("objections-full", "so many have objected that the office must answer them first");
    }
    const auto papers = claim_papers(session, objection);
    if (!papers) return papers.error();
    const auto made = insert_objection(session, id, objection, *papers);
    if (!papers->empty() && paper_bytes(session, id) > NewObjection::paper_bytes_max) {
        return conflict("objection-papers-full",
                        "so many papers came that no more are taken: object without");
    }
    auto taken = *lock_objection(session, made);
    if (waiting == 0) announce(session, *application, true, taken.at);  // No crowd rings a bell for each.
    return MadeObjection{std::move(taken)};
}

Result<Objection> answer_in(Session& session, ObjectionId id, const std::string& answer, const Author& author,
                            const AnnounceObjected& announce) {
    const auto objection = lock_objection(session, id);
    if (!objection) return unknown("objection");
    const auto one = case_of(session, objection->application, author);
    if (!one) return one.error();
    if (auto fault = fault_of_judging(one->ground.product, author)) return *fault;
    if (auto fault = fault_of_deciding(one->ground.scheme, one->ground.county, one->office())) return *fault;
    if (objection->answer) return conflict("answered-already", "this objection has an answer");
    answer_objection(session, id, answer, author.account);
    auto answered = *lock_objection(session, id);
    if (open_objections(session, one->application.id) == 0)
        announce(session, one->application, false, *answered.answered);
    return answered;
}

}  // namespace

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
    return database::transact_telling(pool_, told_.committed,
                                      [this, id, seen, move = std::move(move), author](Session& session) {
                                          return act_in(session, id, seen, move, author, told_);
                                      });
}

Applying::Awaitable<ShownApplication> Applying::find(ApplicationId id, Author viewer, bool everything,
                                                     bool audits) const {
    return pool_.transact([id, viewer, everything, audits](Session& session) -> Result<ShownApplication> {
        if (!seen_by(session, id, viewer, everything)) return unknown("application");
        return shown_to(session, id, viewer, audits);
    });
}

Applying::Awaitable<std::vector<ShownApplication>> Applying::list(ApplicationFilter filter, Author viewer,
                                                                  bool everything, ApplicationId after,
                                                                  std::size_t count) const {
    return pool_.transact([filter, viewer, everything, after,
                           count](Session& session) -> Result<std::vector<ShownApplication>> {
        auto found = list_applications(session, reach_of(session, viewer, everything), filter, after, count);
        return shown_to(session, std::move(found), viewer);
    });
}

Applying::Awaitable<std::vector<ShownApplication>> Applying::notices(ApplicationId after,
                                                                     std::size_t count) const {
    return pool_.transact([after, count](Session& session) -> Result<std::vector<ShownApplication>> {
        return open_notices(session, after, count);
    });
}

Applying::Awaitable<ShownApplication> Applying::notice(ApplicationId id) const {
    return pool_.transact([id](Session& session) -> Result<ShownApplication> {
        auto found = open_notice(session, id);
        if (!found) return unknown("notice");
        return std::move(*found);
    });
}

Applying::Awaitable<MadeObjection> Applying::object(ApplicationId id, NewObjection objection) {
    return database::transact_telling(pool_, told_.committed,
                                      [this, id, objection = std::move(objection)](Session& session) {
                                          return object_in(session, id, objection, told_.objected);
                                      });
}

Applying::Awaitable<std::vector<Objection>> Applying::answered(ApplicationId id, ObjectionId after,
                                                               std::size_t count) const {
    return pool_.transact([id, after, count](Session& session) -> Result<std::vector<Objection>> {
        return answered_objections(session, id, after, count);
    });
}

Applying::Awaitable<Objection> Applying::answer(ObjectionId id, std::string answer, Author author) {
    return database::transact_telling(pool_, told_.committed,
                                      [this, id, answer = std::move(answer), author](Session& session) {
                                          return answer_in(session, id, answer, author, told_.objected);
                                      });
}

}  // namespace shanhai::certification
