#include "certification/store/proposal_rows.hpp"

#include "chassis/database/stored_name.hpp"
#include "chassis/database/unique.hpp"

namespace shanhai::certification {
namespace {

using database::Literal;
using database::Rows;
using database::Session;
using database::stored_name;

const std::string columns =
    "SELECT proposal_id, certification_id, state, reason, at, by_account, outcome, answer, answered_at, "
    "COALESCE(answered_by, 0), organisation_id FROM proposal ";

Proposal proposal_of(const Rows& rows) {
    return {.id = rows.id<ProposalId>(0),
            .certification = rows.id<CertificationId>(1),
            .state = stored_name<CertificationState>(rows.text(2)),
            .reason = rows.text(3),
            .at = rows.instant(4),
            .by = rows.id<AccountId>(5),
            .organisation = rows.id<OrganisationId>(10),
            .outcome = stored_name<ProposalOutcome>(rows.text(6)),
            .answer = rows.text(7),
            .answered = rows.optional_instant(8),
            .answered_by = rows.id<AccountId>(9)};
}

}  // namespace

std::optional<ProposalId> insert_proposal(Session& session, CertificationId certification,
                                          CertificationState state, const std::string& reason, Instant at,
                                          const Author& author) {
    return database::insert_unique<ProposalId>(
        session,
        "INSERT INTO proposal (certification_id, state, reason, at, by_account, organisation_id) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        certification, wire_name(state), reason, at, author.account, author.organisation);
}

std::optional<Proposal> find_proposal(Session& session, ProposalId id) {
    auto rows = session.query(columns + "WHERE proposal_id = ?", id);
    if (!rows.next()) return std::nullopt;
    return proposal_of(rows);
}

std::vector<Proposal> list_proposals(Session& session, const ProposalFilter& filter, ProposalId after,
                                     std::size_t count) {
    std::string where = "WHERE proposal_id > " + Literal{after}.text();
    if (filter.certification) where += " AND certification_id = " + Literal{*filter.certification}.text();
    if (filter.outcome) where += " AND outcome = " + Literal{wire_name(*filter.outcome)}.text();
    if (filter.organisation) where += " AND organisation_id = " + Literal{*filter.organisation}.text();
    std::vector<Proposal> found;
    auto rows = session.ask(columns + where + " ORDER BY proposal_id LIMIT " + Literal{count}.text());
    while (rows.next()) found.push_back(proposal_of(rows));
    return found;
}

void answer_proposal(Session& session, ProposalId id, ProposalOutcome outcome, const std::string& answer,
                     Instant at, AccountId by) {
    session.execute(
        "UPDATE proposal SET outcome = ?, answer = ?, answered_at = ?, answered_by = ? WHERE proposal_id = ?",
        wire_name(outcome), answer, at, by, id);
}

}  // namespace shanhai::certification
