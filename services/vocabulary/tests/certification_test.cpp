#include "vocabulary/certification.hpp"

#include <gtest/gtest.h>

namespace shanhai {
namespace {

Certification certification(std::string_view from, std::string_view to) {
    return {.scheme = *SchemeCode::parse("MINHANG_YOUPIN"),
            .authority = {},
            .number = {},
            .valid_from = *parse_date(from),
            .valid_to = *parse_date(to),
            .reason = {}};
}

TEST(Certification, LapsesAtMidnightInShanghai) {
    const auto year = certification("2026-01-01", "2027-01-01");
    EXPECT_FALSE(year.valid_at(*parse_rfc3339("2025-12-31T15:59:59Z")));
    EXPECT_TRUE(year.valid_at(*parse_rfc3339("2025-12-31T16:00:00Z")));
    EXPECT_TRUE(year.valid_at(*parse_rfc3339("2026-12-31T15:59:59.999999Z")));
    EXPECT_FALSE(year.valid_at(*parse_rfc3339("2026-12-31T16:00:00Z")));
}

TEST(Certification, NeverCountsBeforeItWasEntered) {
    auto year = certification("2026-01-01", "2027-01-01");
    year.recorded = *parse_rfc3339("2026-06-01T08:00:00Z");
    EXPECT_FALSE(year.valid_at(*parse_rfc3339("2026-06-01T07:59:59Z")));
    EXPECT_TRUE(year.valid_at(*parse_rfc3339("2026-06-01T08:00:00Z")));
    EXPECT_EQ(year.next_boundary(*parse_rfc3339("2026-03-01T00:00:00Z")), year.recorded);
    year.recorded = *parse_rfc3339("2025-11-01T08:00:00Z");
    EXPECT_FALSE(year.valid_at(*parse_rfc3339("2025-12-01T00:00:00Z"))) << "entered early is not begun";
}

TEST(Certification, HoldsInStateCertifiedOnly) {
    auto year = certification("2026-01-01", "2027-01-01");
    const auto at = *parse_rfc3339("2026-06-01T00:00:00Z");
    for (const auto state :
         {CertificationState::suspended, CertificationState::revoked, CertificationState::withdrawn}) {
        year.state = state;
        EXPECT_FALSE(year.valid_at(at));
    }
}

TEST(Certification, ExpiresWhereNothingEndedItBefore) {
    auto year = certification("2026-01-01", "2027-01-01");
    const auto end = *parse_rfc3339("2026-12-31T16:00:00Z");
    const auto before = end - std::chrono::microseconds{1};
    EXPECT_EQ(year.standing(before), CertificationStanding::certified);
    EXPECT_EQ(year.standing(end), CertificationStanding::expired);
    year.state = CertificationState::suspended;
    EXPECT_EQ(year.standing(before), CertificationStanding::suspended);
    EXPECT_EQ(year.next_boundary(before), end) << "then it is shown as another";
    EXPECT_EQ(year.standing(end), CertificationStanding::expired);
    EXPECT_FALSE(year.next_boundary(end));
    for (const auto ended : {CertificationState::revoked, CertificationState::withdrawn}) {
        year.state = ended;
        EXPECT_EQ(wire_name(year.standing(end)), wire_name(ended));
        EXPECT_FALSE(year.next_boundary(before));
    }
}

TEST(Certification, NeverComesBackFromItsEnd) {
    auto year = certification("2026-01-01", "2027-01-01");
    EXPECT_FALSE(year.fault_of_becoming(CertificationState::suspended));
    EXPECT_EQ(year.fault_of_becoming(CertificationState::certified)->code(), "state-unchanged");
    year.state = CertificationState::suspended;
    EXPECT_FALSE(year.fault_of_becoming(CertificationState::certified));
    for (const auto ended : {CertificationState::revoked, CertificationState::withdrawn}) {
        year.state = ended;
        EXPECT_EQ(year.fault_of_becoming(CertificationState::certified)->code(), "certification-ended");
    }
}

TEST(Certification, HasATermThatEndsAfterItBegins) {
    EXPECT_FALSE(certification("2026-01-01", "2027-01-01").fault());
    EXPECT_TRUE(certification("2026-01-01", "2026-01-01").fault());
    EXPECT_TRUE(certification("2026-01-01", "2031-01-01").fault());
    EXPECT_TRUE(certification("1926-01-01", "1927-01-01").fault());
    EXPECT_FALSE(certification("1926-01-01", "2127-01-01").valid_at(*parse_rfc3339("2026-06-01T00:00:00Z")));
}

TEST(Certification, TellsFromWhenUntilWhenItHeld) {
    Certification one{
        .scheme = *SchemeCode::parse("MINHANG_YOUPIN"), .authority = {}, .number = {}, .reason = {}};
    one.year = 2026;
    one.valid_from = *parse_date("2026-01-01");
    one.valid_to = *parse_date("2027-01-01");
    one.recorded = one.state_since = *parse_rfc3339("2026-02-01T00:00:00Z");
    const auto end = start_of(one.valid_to);
    EXPECT_EQ(one.held().from, one.recorded) << "nobody knew of it before";
    EXPECT_EQ(one.held().until, end);

    const auto later = *parse_rfc3339("2026-06-01T00:00:00Z");
    one.state_since = later;
    EXPECT_EQ(one.held().from, later) << "a suspension was lifted";
    for (const auto ended :
         {CertificationState::suspended, CertificationState::revoked, CertificationState::withdrawn}) {
        one.state = ended;
        EXPECT_EQ(one.held().from, one.recorded);
        EXPECT_EQ(one.held().until, later);
        EXPECT_FALSE(one.valid_at(later));
    }
    one.state_since = *parse_rfc3339("2027-03-01T00:00:00Z");
    EXPECT_EQ(one.held().until, end) << "it had expired";
    one.state_since = one.recorded - std::chrono::hours{1};
    EXPECT_LT(one.held().until, one.held().from) << "it never held";
    one.valid_to = one.valid_from;
    EXPECT_EQ(one.held().until, one.held().from) << "it is not possible";
}

}  // namespace
}  // namespace shanhai
