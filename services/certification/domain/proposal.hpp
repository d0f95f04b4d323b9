#pragma once

#include "certification/domain/known.hpp"
#include "vocabulary/certification.hpp"

#include <array>
#include <optional>
#include <string>

namespace shanhai::certification {

enum class ProposalId : std::uint64_t {};

/// What became of a proposal.
enum class ProposalOutcome {
    waiting,
    agreed,
    refused,
    overtaken,  ///< The certification ended meanwhile, or a suspension did.
};

/// A change that takes two people of the office. A suspension holds from the moment the first one asks for
/// it, so that nothing is sold on doubtful goods while a colleague is looked for, and ends when the second
/// one refuses it; a revocation or withdrawal, which is for good, holds once the second one agrees. One
/// person reinstates.
struct Proposal {
    ProposalId id{};
    CertificationId certification{};
    CertificationState state = CertificationState::suspended;  ///< The one that is proposed.
    std::string reason;
    Instant at{};
    AccountId by{};
    OrganisationId organisation{};  ///< For which they proposed it; the second person is of the same.
    ProposalOutcome outcome = ProposalOutcome::waiting;
    std::string answer;  ///< Why; empty while it waits, and when it was overtaken.
    std::optional<Instant> answered;
    AccountId answered_by{};  ///< 0: nobody yet.

    /// 409 `answered-already`; 403 `not-the-authority` for another office, `second-person` for the one who
    /// proposed it and agrees. They may take it back.
    std::optional<Error> fault_of_answering(const Author& author, bool agreed) const;
    /// The state that the answer leads to; nothing when the certification stays as it is.
    std::optional<CertificationState> leads_to(bool agreed) const;
};

/// A proposal with what it is about.
struct ShownProposal {
    ProposalId id{};
    Proposal proposal;
    ProductId product{};
    SchemeCode scheme;
    int year = 0;
    std::string number;        ///< Of the certificate.
    std::string product_name;  ///< Empty: nobody told of the product yet.
    std::string county_code;
};

/// Whether a certification that becomes so takes a second person.
constexpr bool takes_two(CertificationState next) { return next != CertificationState::certified; }
/// Whether it becomes so when the first one asks for it.
constexpr bool at_once(CertificationState next) {
    return next == CertificationState::suspended || next == CertificationState::certified;
}
/// Whether a proposal that waits is void once the certification is in that state.
constexpr bool overtaken_by(CertificationState proposed, CertificationState now) {
    if (now == CertificationState::certified) return proposed == CertificationState::suspended;
    return now == CertificationState::revoked || now == CertificationState::withdrawn;
}

/// Which proposals a list shows; what is not named does not matter.
struct ProposalFilter {
    std::optional<CertificationId> certification;
    std::optional<ProposalOutcome> outcome;
    std::optional<OrganisationId> organisation{};
};

}  // namespace shanhai::certification

namespace shanhai {
template <>
struct WireNames<certification::ProposalOutcome> {
    static constexpr std::array<std::string_view, 4> names{"WAITING", "AGREED", "REFUSED", "OVERTAKEN"};
};
}  // namespace shanhai
