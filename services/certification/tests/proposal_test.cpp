#include "certification/domain/proposal.hpp"

#include <gtest/gtest.h>

namespace shanhai::certification {
namespace {

using State = CertificationState;

Author author(std::uint64_t account, std::uint64_t organisation) {
    Author one;
    one.account = AccountId{account};
    one.organisation = OrganisationId{organisation};
    return one;
}

Proposal proposal_by(const Author& proposer, State state) {
    Proposal proposal;
    proposal.by = proposer.account;
    proposal.organisation = proposer.organisation;
    proposal.state = state;
    return proposal;
}

TEST(ProposalTest, IsAgreedToByAnotherOfTheSameOffice) {
    auto proposal = proposal_by(author(1, 21), State::revoked);
    EXPECT_FALSE(proposal.fault_of_answering(author(2, 21), true));
    EXPECT_FALSE(proposal.fault_of_answering(author(2, 21), false));
    EXPECT_EQ(proposal.fault_of_answering(author(1, 21), true)->code(), "second-person");
    EXPECT_FALSE(proposal.fault_of_answering(author(1, 21), false)) << "it may be taken back";
    EXPECT_EQ(proposal.fault_of_answering(author(2, 22), true)->code(), "not-the-authority");
    proposal.outcome = ProposalOutcome::overtaken;
    EXPECT_EQ(proposal.fault_of_answering(author(2, 21), true)->code(), "answered-already");
}

TEST(ProposalTest, WhatIsForGoodWaitsAndWhatProtectsBuyersDoesNot) {
    EXPECT_TRUE(takes_two(State::suspended) && at_once(State::suspended));
    for (const auto end : {State::revoked, State::withdrawn}) EXPECT_TRUE(takes_two(end) && !at_once(end));
    EXPECT_FALSE(takes_two(State::certified));
}

TEST(ProposalTest, LeadsWhereItsAnswerSays) {
    const auto suspension = proposal_by(author(1, 21), State::suspended);
    EXPECT_EQ(suspension.leads_to(true), std::nullopt);
    EXPECT_EQ(suspension.leads_to(false), State::certified);
    const auto revocation = proposal_by(author(1, 21), State::revoked);
    EXPECT_EQ(revocation.leads_to(true), State::revoked);
    EXPECT_EQ(revocation.leads_to(false), std::nullopt);
}

TEST(ProposalTest, IsVoidOnceItsQuestionIs) {
    EXPECT_TRUE(overtaken_by(State::suspended, State::certified));
    EXPECT_FALSE(overtaken_by(State::revoked, State::certified)) << "reinstated goods may still be revoked";
    EXPECT_FALSE(overtaken_by(State::revoked, State::suspended));
    for (const auto end : {State::revoked, State::withdrawn}) {
        EXPECT_TRUE(overtaken_by(State::suspended, end));
        EXPECT_TRUE(overtaken_by(State::revoked, end));
    }
}

}  // namespace
}  // namespace shanhai::certification
