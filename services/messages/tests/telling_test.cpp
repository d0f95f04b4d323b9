#include "messages/domain/telling.hpp"

#include <gtest/gtest.h>

namespace shanhai::messages {
namespace {

TEST(Telling, AHouseHearsOfWhatOthersDoWithItsApplication) {
    EXPECT_EQ(kind_of_step("RETURN"), Kind::application_returned);
    EXPECT_EQ(kind_of_step("RECOMMEND"), Kind::application_recommended);
    EXPECT_EQ(kind_of_step("PUBLISH_NOTICE"), Kind::notice_published);
    EXPECT_EQ(kind_of_step("REJECT"), Kind::application_rejected);
    // Its own steps, what changes nothing for it, and what the certification tells.
    for (const auto* action : {"SUBMIT", "WITHDRAW", "BEGIN_REVIEW", "CERTIFY", "", "OF_NEXT_YEAR"}) {
        EXPECT_FALSE(kind_of_step(action)) << action;
    }
}

TEST(Telling, AnOfficeHearsOfTheStepThatWaitsForIt) {
    EXPECT_EQ(kind_of_awaited("RECOMMEND"), Kind::application_to_recommend);
    EXPECT_EQ(kind_of_awaited("BEGIN_REVIEW"), Kind::application_to_review);
    EXPECT_FALSE(kind_of_awaited("")) << "an application of before it was said";
}

TEST(Telling, AnOfficeHearsOfWhatTakesASecondPersonAndWhatBecameOfIt) {
    EXPECT_EQ(kind_of_proposal("WAITING", false), Kind::proposal_to_answer);
    EXPECT_EQ(kind_of_proposal("AGREED", false), Kind::proposal_agreed);
    EXPECT_EQ(kind_of_proposal("REFUSED", false), Kind::proposal_refused);
    EXPECT_EQ(kind_of_proposal("REFUSED", true), Kind::proposal_taken_back);
    EXPECT_EQ(kind_of_proposal("OVERTAKEN", false), Kind::proposal_overtaken);
    EXPECT_FALSE(kind_of_proposal("OF_NEXT_YEAR", false));
}

TEST(Telling, TheOperatorHearsOfHousesThatWaitForOneOfItsPeople) {
    EXPECT_EQ(kind_of_onboarding("SUBMITTED"), Kind::house_to_verify);
    EXPECT_EQ(kind_of_onboarding("VERIFIED_ONCE"), Kind::house_to_verify_second);
    for (const auto* state : {"RETURNED", "VERIFIED", "REJECTED", "WITHDRAWN", ""}) {
        EXPECT_FALSE(kind_of_onboarding(state)) << state;
    }
}

TEST(Telling, WhatIsDoneIsAskedOfNobodyAnyMore) {
    using enum Kind;
    using Kinds = std::vector<Kind>;
    const std::vector<std::pair<std::string_view, Kinds>> settled{
        {"DRAFT", {application_to_recommend, application_to_review}},
        {"SUBMITTED", {application_returned}},
        {"COUNTY_RECOMMENDED", {application_to_recommend, application_returned}},
        {"UNDER_REVIEW", {application_to_recommend, application_to_review, application_returned}},
        {"PUBLIC_NOTICE", {application_to_recommend, application_to_review, application_returned}},
        {"WITHDRAWN",
         {application_to_recommend, application_to_review, application_returned, objection_to_answer}},
        {"", {}}};
    for (const auto& [state, kinds] : settled) EXPECT_EQ(settled_in(state), kinds) << state;
}

TEST(Telling, OfACertificationOnlyAChangeIsNews) {
    using enum CertificationState;
    EXPECT_EQ(kind_of_change(std::nullopt, certified), Kind::certified);
    EXPECT_EQ(kind_of_change(suspended, certified), Kind::certification_reinstated);
    EXPECT_EQ(kind_of_change(certified, suspended), Kind::certification_suspended);
    EXPECT_EQ(kind_of_change(suspended, revoked), Kind::certification_revoked);
    EXPECT_EQ(kind_of_change(certified, withdrawn), Kind::certification_withdrawn);
    for (const auto state : {certified, suspended, revoked, withdrawn}) {
        EXPECT_FALSE(kind_of_change(state, state)) << wire_name(state);
    }
}

TEST(Telling, AMerchantIsToldWhenItsSalesStopAndGoOn) {
    EXPECT_EQ(kind_of_activity(true, false), Kind::merchant_stopped);
    EXPECT_EQ(kind_of_activity(std::nullopt, false), Kind::merchant_stopped);
    EXPECT_EQ(kind_of_activity(false, true), Kind::merchant_resumed);
    EXPECT_FALSE(kind_of_activity(std::nullopt, true));
    EXPECT_FALSE(kind_of_activity(true, true));
    EXPECT_FALSE(kind_of_activity(false, false));
}

TEST(Telling, WhatIsOlderThanThirtyDaysIsNoNews) {
    const auto at = *parse_rfc3339("2026-12-31T08:00:00Z");
    EXPECT_TRUE(is_news(at, at));
    EXPECT_TRUE(is_news(at - std::chrono::days{30}, at));
    EXPECT_FALSE(is_news(at - std::chrono::days{30} - std::chrono::microseconds{1}, at));
    EXPECT_TRUE(is_news(at + std::chrono::hours{1}, at)) << "two clocks differ";
}

TEST(Telling, TheThresholdsOfAnEndLeaveNoDayOutAndNoneTwice) {
    for (int left = 1; left <= endings.front().ahead; ++left) {
        int windows = 0;
        for (const auto& ending : endings) windows += ending.after < left && left <= ending.ahead;
        EXPECT_EQ(windows, 1) << left;
    }
}

TEST(News, AreToldApartByWhatTheyAreAboutAndWhen) {
    const auto at = instant_of(1'700'000'000'000'000);
    News news;
    news.at = at;
    news.about.application = ApplicationId{1};
    news.about.product = ProductId{2};
    news.about.certification = CertificationId{3};
    news.about.edition = EditionId{4};
    news.about.lot = LotId{5};
    news.about.merchant = MerchantId{6};
    const std::vector<std::pair<Kind, std::uint64_t>> subjects{
        {Kind::application_to_recommend, 1}, {Kind::application_returned, 1}, {Kind::certified, 3},
        {Kind::certification_ends_14, 3},    {Kind::edition_published, 4},    {Kind::lot_blocked, 5},
        {Kind::merchant_stopped, 6},         {Kind::merchant_verified, 0}};
    for (const auto& [kind, subject] : subjects) {
        news.kind = kind;
        EXPECT_EQ(news.subject(), subject) << wire_name(kind);
    }
    news.kind = Kind::application_returned;
    EXPECT_EQ(news.step(), unix_microseconds(at)) << "returned again it is told again";
    news.kind = Kind::certification_ends_30;
    EXPECT_EQ(news.step(), 0) << "a certification ends once";
}

}  // namespace
}  // namespace shanhai::messages
