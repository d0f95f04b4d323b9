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
    "SELECT p.proposal_id, p.certification_id, p.state, p.reason, p.at, p.by_account, p.outcome, p.answer, "
    "p.answered_at, COALESCE(p.answered_by, 0), p.organisation_id";
/// A product is named by the first of its sizes: they all say the same.
const std::string subject =
    ", c.product_id, c.scheme, c.year, c.number, COALESCE(k.product_name, ''), COALESCE(k.county_code, '') "
    "FROM proposal p JOIN certification c ON c.certification_id = p.certification_id LEFT JOIN known_sku k "
    "ON k.sku_id = (SELECT MIN(s.sku_id) FROM known_sku s WHERE s.product_id = c.product_id) ";
constexpr unsigned subject_column = 11;

constexpr std::size_t untold_max = 10'000;  // Once, when this is upgraded.

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

ShownProposal shown_of(const Rows& rows) {
    auto proposal = proposal_of(rows);
    return {.id = proposal.id,
            .proposal = std::move(proposal),
            .product = rows.id<ProductId>(subject_column),
            .scheme = *SchemeCode::parse(rows.text(subject_column + 1)),
            .year = static_cast<int>(rows.integer(subject_column + 2)),
            .number = rows.text(subject_column + 3),
            .product_name = rows.text(subject_column + 4),
            .county_code = rows.text(subject_column + 5)};
}

std::string taken_by(const ProposalFilter& filter, ProposalId after, std::size_t count) {
    std::string where = "WHERE p.proposal_id > " + Literal{after}.text();
    if (filter.certification) where += " AND p.certification_id = " + Literal{*filter.certification}.text();
    if (filter.outcome) where += " AND p.outcome = " + Literal{wire_name(*filter.outcome)}.text();
    if (filter.organisation) where += " AND p.organisation_id = " + Literal{*filter.organisation}.text();
    return where + " ORDER BY p.proposal_id LIMIT " + Literal{count}.text();
}

}  // namespace

std::optional<ProposalId> insert_proposal(Session& session, CertificationId certification,
                                          CertificationState state, const std::string& reason, Instant at,
                                          const Author& author) {
    return database::insert_unique<ProposalId>(
        session,
        "INSERT INTO proposal (certification_id, state, reason, at, by_account, organisation_id, told) "
        "VALUES (?, ?, ?, ?, ?, ?, TRUE)",
        certification, wire_name(state), reason, at, author.account, author.organisation);
}

std::optional<Proposal> find_proposal(Session& session, ProposalId id) {
    auto rows = session.query(columns + " FROM proposal p WHERE p.proposal_id = ?", id);
    if (!rows.next()) return std::nullopt;
    return proposal_of(rows);
}

std::vector<Proposal> list_proposals(Session& session, const ProposalFilter& filter, ProposalId after,
                                     std::size_t count) {
    std::vector<Proposal> found;
    auto rows = session.ask(columns + " FROM proposal p " + taken_by(filter, after, count));
    while (rows.next()) found.push_back(proposal_of(rows));
    return found;
}

std::vector<ShownProposal> show_proposals(Session& session, const ProposalFilter& filter, ProposalId after,
                                          std::size_t count) {
    std::vector<ShownProposal> found;
    auto rows = session.ask(columns + subject + taken_by(filter, after, count));
    while (rows.next()) found.push_back(shown_of(rows));
    return found;
}

std::vector<Proposal> untold_proposals(Session& session) {
    std::vector<Proposal> found;
    auto rows = session.query(
        columns +
            " FROM proposal p WHERE p.outcome = 'WAITING' AND p.told = FALSE ORDER BY p.proposal_id "
            "LIMIT ?",
        untold_max);
    while (rows.next()) found.push_back(proposal_of(rows));
    return found;
}

void mark_told(Session& session, ProposalId id) {
    session.execute("UPDATE proposal SET told = TRUE WHERE proposal_id = ?", id);
}

void answer_proposal(Session& session, ProposalId id, ProposalOutcome outcome, const std::string& answer,
                     Instant at, AccountId by) {
    session.execute(
        "UPDATE proposal SET outcome = ?, answer = ?, answered_at = ?, answered_by = ? WHERE proposal_id = ?",
        wire_name(outcome), answer, at, by, id);
}

}  // namespace shanhai::certification
