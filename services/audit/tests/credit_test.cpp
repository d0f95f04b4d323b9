#include "audit/domain/credit.hpp"

#include <gtest/gtest.h>

namespace shanhai::audit {
namespace {

Date day(std::string_view text) { return *parse_date(text); }

Pairing pairing(std::uint64_t id, std::string district, std::string county,
                std::string_view from = "2021-01-01", std::string_view to = "2030-01-01",
                std::string certainty = "STATED") {
    return {PairingId{id},
            std::move(district),
            std::move(county),
            "EAST_WEST_COLLABORATION",
            std::move(certainty),
            day(from),
            day(to)};
}

TEST(Credit, GoesToThePlacementsDistrictWhenItIsPaired) {
    const std::vector<Pairing> pairings{pairing(1, "310117", "530624"), pairing(2, "310112", "530624")};
    const auto credit = credit_of("530624", "310112", day("2026-05-04"), pairings);
    EXPECT_EQ(credit.district, "310112");
    EXPECT_EQ(credit.pairing, PairingId{2});
    EXPECT_EQ(credit.rule, "CHANNEL_DISTRICT");
}

TEST(Credit, GoesToTheSolePairedDistrictWhateverThePlacement) {
    const std::vector<Pairing> pairings{pairing(1, "310112", "530624"), pairing(2, "310117", "532822")};
    for (const auto* district : {"", "310117"}) {
        EXPECT_EQ(credit_of("530624", district, day("2026-05-04"), pairings).district, "310112");
        EXPECT_EQ(credit_of("530624", district, day("2026-05-04"), pairings).rule, "SOLE_PAIRING");
    }
}

TEST(Credit, GoesToNobodyWhenTwoDistrictsCouldClaimIt) {
    const std::vector<Pairing> pairings{pairing(1, "310117", "530624"), pairing(2, "310112", "530624")};
    EXPECT_EQ(credit_of("530624", "", day("2026-05-04"), pairings).district, "UNALLOCATED");
}

TEST(Credit, CountsTheDayAndTheCertaintyOfAPairing) {
    const std::vector<Pairing> pairings{
        pairing(1, "310112", "530624", "2021-01-01", "2026-01-01"),
        pairing(2, "310117", "530624", "2021-01-01", "2030-01-01", "INFERRED")};
    EXPECT_EQ(credit_of("530624", "", day("2025-12-31"), pairings).district, "310112");
    EXPECT_EQ(credit_of("530624", "", day("2026-01-01"), pairings).district, "UNALLOCATED");
    EXPECT_EQ(credit_of("530624", "310117", day("2026-01-01"), pairings).district, "UNALLOCATED");
}

TEST(Credit, CoversEveryCountyOfAPairedPrefecture) {
    const std::vector<Pairing> pairings{pairing(1, "310112", "530500")};
    EXPECT_EQ(credit_of("530524", "", day("2026-05-04"), pairings).district, "310112");
    EXPECT_EQ(credit_of("530624", "", day("2026-05-04"), pairings).district, "UNALLOCATED");
}

TEST(Credit, IsOneWhenTheSameDistrictIsPairedTwice) {
    const std::vector<Pairing> pairings{pairing(1, "310112", "530500"), pairing(2, "310112", "530524")};
    EXPECT_EQ(credit_of("530524", "", day("2026-05-04"), pairings).rule, "SOLE_PAIRING");
}

}  // namespace
}  // namespace shanhai::audit
