#include "certification/application/certifying.hpp"

#include "certification/application/ground.hpp"
#include "certification/domain/checks.hpp"
#include "certification/store/application_rows.hpp"
#include "certification/store/certification_rows.hpp"
#include "certification/store/evidence_rows.hpp"
#include "certification/store/known_facts.hpp"
#include "certification/store/proposal_rows.hpp"
#include "certification/store/scheme_rows.hpp"

#include <algorithm>

namespace shanhai::certification {
namespace {

using database::Session;

Error certification_unknown() {
    return Error{Failure::not_found, "certification-unknown", "there is no such certification"};
}

/// 422 `/scheme` as well.
Result<Ground> ground_under(Session& session, ProductId product, const SchemeCode& code) {
    auto scheme = find_scheme(session, code);
    if (!scheme) return invalid_field("/scheme", "there is no such scheme");
    return ground_of(session, product, std::move(*scheme));
}

Result<CertificationId> insert(Session& session, const Certification& certification, Instant at,
                               AccountId by) {
    const auto id = insert_certification(session, certification, at, by);
    if (!id) return Error{Failure::conflict, "number-taken", "the scheme has given that number already"};
    return *id;
}

Result<CertificationId> certify_in(Session& session, const Certification& one, const Author& author) {
    const auto ground = ground_under(session, one.product, one.scheme);
    if (!ground) return ground.error();
    if (auto fault = fault_of_judging(ground->product, author)) return *fault;
    const auto house = find_organisation(session, author.organisation);
    const auto* const office = house ? &*house : nullptr;
    if (auto fault = fault_of_deciding(ground->scheme, ground->county, office)) return *fault;
    if (ground->scheme.by_application || has_batch(session, one.scheme, one.year)) {
        return Error{Failure::conflict, "needs-application",
                     "under that scheme a product is certified on an application only"};
    }
    if (auto fault = fault_beside(*ground, one)) return *fault;
    const auto at = session.now();
    if (auto fault =
            fault_under_scheme(one, ground->scheme, ground->county, ground->pairings, shanghai_date(at))) {
        return *fault;
    }
    if (auto fault = fault_of_issuing(one, ground->scheme, ground->county, office)) return *fault;
    return insert(session, one, at, author.account);
}

Result<CertificationId> certify_sample_in(Session& session, const Certification& one) {
    const auto ground = ground_under(session, one.product, one.scheme);
    if (!ground) return ground.error();
    if (!ground->product.invented) {
        return invalid_field("/product_id", "only goods that are invented have an invented past");
    }
    if (auto fault = fault_beside(*ground, one)) return *fault;
    const auto at = std::min(session.now(), start_of(one.valid_from));
    if (auto fault =
            fault_under_scheme(one, ground->scheme, ground->county, ground->pairings, shanghai_date(at))) {
        return *fault;
    }
    return insert(session, one, at, AccountId{});
}

/// The certification as it is, with its product locked, for somebody who may decide about it.
Result<Certification> to_decide(Session& session, CertificationId id, const Author& author) {
    const auto before = find_certification(session, id);
    if (!before) return certification_unknown();
    const auto ground = ground_under(session, before->certification.product, before->certification.scheme);
    if (!ground) return doubt(ground.error());
    if (auto fault = fault_of_judging(ground->product, author)) return *fault;
    const auto house = find_organisation(session, author.organisation);
    if (auto fault = fault_of_deciding(ground->scheme, ground->county, house ? &*house : nullptr))
        return *fault;
    return *std::ranges::find(ground->certifications, id, &Certification::id);
}

/// What becomes of a certification whose product is locked.
class Decision {
public:
    Decision(Session& session, CertificationId id, const Author& author, const Certifying::Told& told)
        : session_{session}, id_{id}, author_{author}, told_{told}, at_{session.now()} {}

    Result<Changed> change_to(CertificationState next, const std::string& reason) {
        if (at_once(next)) become(next, reason);
        if (!takes_two(next)) return changed(std::nullopt);
        const auto proposal = insert_proposal(session_, id_, next, reason, at_, author_);
        if (!proposal) {
            return Error{Failure::conflict, "proposed-already",
                         "somebody proposed that: it waits for a second person's word"};
        }
        tell(*proposal);
        return changed(proposal);
    }

    /// Without anybody's word.
    void become_suspended(const std::string& reason) {
        become(CertificationState::suspended, reason);
        (void)changed(std::nullopt);
    }

    Changed answer(const Proposal& proposal, bool agreed, const std::string& reason) {
        const auto outcome = agreed ? ProposalOutcome::agreed : ProposalOutcome::refused;
        answer_proposal(session_, proposal.id, outcome, reason, at_, author_.account);
        tell(proposal.id);
        if (const auto next = proposal.leads_to(agreed)) become(*next, agreed ? proposal.reason : reason);
        return changed(proposal.id);
    }

private:
    void become(CertificationState next, const std::string& reason) {
        certification::change_state(session_, id_, {next, reason, at_, author_.account});
        moved_ = true;
        const ProposalFilter waiting{id_, ProposalOutcome::waiting};
        for (const auto& proposal : list_proposals(session_, waiting, {}, proposals_waiting_max)) {
            if (!overtaken_by(proposal.state, next)) continue;
            answer_proposal(session_, proposal.id, ProposalOutcome::overtaken, "", at_, AccountId{});
            tell(proposal.id);
        }
    }

    void tell(ProposalId id) {
        told_.proposal(session_, find_certification(session_, id_)->certification,
                       *find_proposal(session_, id));
    }

    Changed changed(std::optional<ProposalId> proposal) {
        auto shown = *find_certification(session_, id_);
        if (moved_) told_.certification(session_, shown.certification);
        return {std::move(shown), proposal ? find_proposal(session_, *proposal) : std::nullopt};
    }

    static constexpr std::size_t proposals_waiting_max = 3;  // One of each kind.

    Session& session_;
    const CertificationId id_;
    const Author& author_;
    const Certifying::Told& told_;
    const Instant at_;  // Behind the lock, so that what follows is later.
    bool moved_ = false;
};

Result<Changed> change_state_in(Session& session, CertificationId id, CertificationState state,
                                const std::string& reason, const Author& author,
                                const Certifying::Told& told) {
    const auto known = to_decide(session, id, author);
    if (!known) return known.error();
    if (auto fault = known->fault_of_becoming(state)) return *fault;
    return Decision{session, id, author, told}.change_to(state, reason);
}

Result<Changed> answer_in(Session& session, ProposalId id, bool agreed, const std::string& reason,
                          const Author& author, const Certifying::Told& told) {
    const auto before = find_proposal(session, id);
    if (!before) return Error{Failure::not_found, "proposal-unknown", "there is no such proposal"};
    const auto known = to_decide(session, before->certification, author);
    if (!known) return known.error();
    const auto proposal = *find_proposal(session, id);  // As it is now that the product is locked.
    if (auto fault = proposal.fault_of_answering(author, agreed)) return *fault;
    const auto next = proposal.leads_to(agreed);
    if (auto fault = next ? known->fault_of_becoming(*next) : std::nullopt) return *fault;
    return Decision{session, known->id, author, told}.answer(proposal, agreed, reason);
}

/// Of what was certified on an application: by the rules of its batch.
Result<Done> suspend_lapsed_in(Session& session, CertificationId id, const Certifying::Told& told) {
    const auto before = find_certification(session, id);
    const auto ground = ground_under(session, before->certification.product, before->certification.scheme);
    if (!ground) return ground.error();
    const auto now = find_certification(session, id)->certification;
    if (now.state != CertificationState::certified) return Done{};
    const auto application = find_application(session, *application_behind(session, id), Hold::no);
    const auto rules = find_scheme(session, application->batch.scheme, application->batch.scheme_version);
    const auto today = shanghai_date(session.now());
    const auto& papers = application->text.evidence;
    const auto lapsed = lapsed_kinds(papers, *rules, ground->product.distributed, today);
    std::vector<EvidenceKind> news;
    for (const auto& paper : papers) {
        if (!paper.until || today < *paper.until || !insert_lapse(session, id, paper)) continue;
        const bool missed = std::ranges::count(lapsed, paper.kind) > 0;
        if (missed && std::ranges::count(news, paper.kind) == 0) news.push_back(paper.kind);
    }
    if (news.empty()) return Done{};
    const Author nobody{};
    Decision{session, id, nobody, told}.become_suspended(reason_of_lapse(news));
    return Done{};
}

/// What was decided is told, and shown to who decided.
Result<Recognition> concluded(Session& session, const Result<CertificationId>& decided,
                              const Announce& announce) {
    if (!decided) return decided.error();
    auto shown = find_certification(session, *decided);
    announce(session, shown->certification);
    return *shown;
}

}  // namespace

Certifying::Awaitable<Recognition> Certifying::certify(Valid<Certification> certification, Author author) {
    return database::transact_telling(
        pool_, told_.committed, [this, certification = std::move(certification), author](Session& session) {
            return concluded(session, certify_in(session, *certification, author), told_.certification);
        });
}

Certifying::Awaitable<Recognition> Certifying::certify_sample(Valid<Certification> certification) {
    return database::transact_telling(
        pool_, told_.committed, [this, certification = std::move(certification)](Session& session) {
            return concluded(session, certify_sample_in(session, *certification), told_.certification);
        });
}

Certifying::Awaitable<Changed> Certifying::change_state(CertificationId id, CertificationState state,
                                                        std::string reason, Author author) {
    return database::transact_telling(
        pool_, told_.committed, [this, id, state, reason = std::move(reason), author](Session& session) {
            return change_state_in(session, id, state, reason, author, told_);
        });
}

Certifying::Awaitable<Changed> Certifying::answer(ProposalId id, bool agreed, std::string reason,
                                                  Author author) {
    return database::transact_telling(
        pool_, told_.committed, [this, id, agreed, reason = std::move(reason), author](Session& session) {
            return answer_in(session, id, agreed, reason, author, told_);
        });
}

Certifying::Awaitable<std::vector<ShownProposal>> Certifying::proposals(ProposalFilter filter,
                                                                        ProposalId after,
                                                                        std::size_t count) const {
    return pool_.transact([filter, after, count](Session& session) -> Result<std::vector<ShownProposal>> {
        return show_proposals(session, filter, after, count);
    });
}

Result<Done> Certifying::tell_untold() {
    auto told = pool_.transact_blocking([this](Session& session) -> Result<Done> {
        for (const auto& proposal : untold_proposals(session)) {
            told_.proposal(session, find_certification(session, proposal.certification)->certification,
                           proposal);
            mark_told(session, proposal.id);
        }
        return Done{};
    });
    if (told) told_.committed();
    return told;
}

Result<Done> Certifying::suspend_lapsed() {
    constexpr std::size_t at_once = 100;
    CertificationId after{};
    for (;;) {
        const auto page =
            pool_.transact_blocking([after](Session& session) -> Result<std::vector<CertificationId>> {
                return with_lapsed_papers(session, shanghai_date(session.now()), after, at_once);
            });
        if (!page) return page.error();
        for (const auto id : *page) {
            // What cannot be decided about now is looked at again the next time.
            const auto done = pool_.transact_blocking(
                [this, id](Session& session) { return suspend_lapsed_in(session, id, told_); });
            if (done) told_.committed();
            after = id;
        }
        if (page->size() < at_once) return Done{};
    }
}

Certifying::Awaitable<Decided> Certifying::find(CertificationId id) const {
    return pool_.transact([id](Session& session) -> Result<Decided> {
        if (!handed_over(session)) return handover_open();
        auto found = find_certification(session, id);
        if (!found) return certification_unknown();
        return Decided{std::move(*found), history_of(session, id), basis_of(session, id)};
    });
}

Certifying::Awaitable<std::vector<Recognition>> Certifying::list(Filter filter, CertificationId after,
                                                                 std::size_t count) const {
    return pool_.transact(
        [filter = std::move(filter), after, count](Session& session) -> Result<std::vector<Recognition>> {
            if (!handed_over(session)) return handover_open();
            return list_certifications(session, filter, after, count);
        });
}

}  // namespace shanhai::certification
