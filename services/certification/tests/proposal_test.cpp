#include "certification/domain/proposal.hpp"

#include <gtest/gtest.h>

namespace shanhai::certification {
namespace {

using State = CertificationState;

TEST(ProposalTest, IsAnsweredOnceAndByAnother) {
    Proposal proposal;
    proposal.by = AccountId{1};
    EXPECT_FALSE(proposal.fault_of_answering(AccountId{2}));
    EXPECT_EQ(proposal.fault_of_answering(AccountId{1})->code(), "second-person");
    proposal.outcome = ProposalOutcome::overtaken;
    EXPECT_EQ(proposal.fault_of_answering(AccountId{2})->code(), "answered-already");
    EXPECT_EQ(proposal.fault_of_answering(AccountId{1})->code(), "answered-already");
}

TEST(ProposalTest, WhatIsForGoodWaitsAndWhatProtectsBuyersDoesNot) {
    EXPECT_TRUE(takes_two(State::suspended));
    EXPECT_TRUE(at_once(State::suspended));
    EXPECT_TRUE(takes_two(State::revoked));
    EXPECT_FALSE(at_once(State::revoked));
    EXPECT_FALSE(takes_two(State::certified));
    EXPECT_FALSE(takes_two(State::withdrawn));
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
