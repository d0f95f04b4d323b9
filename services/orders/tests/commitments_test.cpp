#include "orders/domain/commitments.hpp"

#include "chassis/security/crypto.hpp"

#include <gtest/gtest.h>

namespace shanhai::orders {
namespace {

const std::string salt(32, 's');
const std::string buyer(32, 'b');

TEST(Commitments, AreHashesOfASaltOfTheirOwnAndTheValue) {
    const auto made = commit(salt, "SH2026", buyer);
    EXPECT_EQ(made.order, security::sha256(security::hmac_sha256(salt, "order") + "SH2026"));
    EXPECT_EQ(made.buyer,
              security::sha256(security::hmac_sha256(salt, "buyer") + security::base64url(buyer)));
}

TEST(Commitments, OfTwoOrdersOfABuyerHaveNothingInCommon) {
    const auto one = commit(salt, "SH2026", buyer);
    const auto other = commit(std::string(32, 't'), "SH2027", buyer);
    EXPECT_NE(one.order, other.order);
    EXPECT_NE(one.buyer, other.buyer);
    EXPECT_NE(commit(salt, "x", "x").order, commit(salt, "x", "x").buyer);
}

TEST(Commitments, TellABuyersMonthsApart) {
    const auto may = *Month::parse("2026-05");
    EXPECT_EQ(buyer_of_month(buyer, may), buyer_of_month(buyer, may));
    EXPECT_NE(buyer_of_month(buyer, may), buyer_of_month(buyer, *Month::parse("2026-06")));
    EXPECT_NE(buyer_of_month(buyer, may), buyer_of_month(std::string(32, 'c'), may));
    EXPECT_LE(buyer_of_month(buyer, may).size(), 64U);
}

}  // namespace
}  // namespace shanhai::orders
