#include "chassis/security/access_token.hpp"
#include "chassis/security/crypto.hpp"
#include "chassis/security/signed_token.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>
#include <stdexcept>

namespace shanhai::security {
namespace {

using namespace std::chrono_literals;

TEST(SignedTokens, ReadWhatTheyMade) {
    const SignedTokens tokens{random_bytes(32), "attribution", 10};
    for (const std::string& payload :
         {std::string{}, std::string{"\0\0\1", 3}, std::string{"twelve bytes"}}) {
        EXPECT_EQ(tokens.read(tokens.make(payload)), payload);
    }
    EXPECT_EQ(tokens.make(std::string(12, 'x')).size(), 30U);
}

TEST(SignedTokens, RefuseAChangeOfAnyCharacter) {
    const SignedTokens tokens{random_bytes(32), "scan", 8};
    const auto token = tokens.make("12345678");
    EXPECT_EQ(token.size(), 22U);
    for (std::size_t i = 0; i < token.size(); ++i) {
        for (const char other : std::string_view{"AZaz09-_"}) {
            auto changed = token;
            if (changed[i] == other) continue;
            changed[i] = other;
            EXPECT_FALSE(tokens.read(changed)) << i << " became " << other;
        }
        EXPECT_FALSE(tokens.read(token.substr(0, i))) << "cut at " << i;
    }
}

TEST(SignedTokens, KeepKeysAndPurposesApart) {
    const auto key = random_bytes(32);
    const auto token = SignedTokens{key, "scan", 8}.make("12345678");
    EXPECT_FALSE((SignedTokens{key, "scanner", 8}.read(token)));
    EXPECT_FALSE((SignedTokens{random_bytes(32), "scan", 8}.read(token)));
    EXPECT_FALSE((SignedTokens{key, "scan", 8}.read("")));
}

class AccessToken : public ::testing::Test {
protected:
    std::string token(std::chrono::seconds age = 0s) const {
        return signer_.sign(principal_, now() - age, 600s);
    }
    /// A token with these parts, signed by nobody.
    static std::string unsigned_token(const std::string& header, const std::string& claims) {
        return base64url(header) + "." + base64url(claims) + ".";
    }
    std::string code_of(const std::string& text) const {
        const auto principal = verifier_.verify(text);
        return principal ? "accepted" : principal.error().code();
    }

    const Principal principal_{7, 3, "李 staff", {"merchant", "operator"}, 12};
    const TokenSigner signer_{TokenSigner::generate_pem()};
    const TokenVerifier verifier_{signer_.public_pem()};
};

TEST_F(AccessToken, CarriesThePrincipal) {
    const auto read = verifier_.verify(token());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->account, 7U);
    EXPECT_EQ(read->organisation, 3U);
    EXPECT_EQ(read->session, 12U);
    EXPECT_EQ(read->name, "李 staff");
    EXPECT_EQ(read->roles, (std::vector<std::string>{"merchant", "operator"}));
}

TEST_F(AccessToken, TellsAKeysScopesFromAPerson) {
    EXPECT_FALSE(verifier_.verify(token())->scopes) << "a person has no scopes";
    auto key = principal_;
    key.scopes = std::vector<std::string>{"goods:write", "origin:read"};
    EXPECT_EQ(verifier_.verify(signer_.sign(key, now(), 600s))->scopes, key.scopes);
    key.scopes = std::vector<std::string>{};
    EXPECT_EQ(verifier_.verify(signer_.sign(key, now(), 600s))->scopes, key.scopes)
        << "a key that may nothing is no person";
}

TEST_F(AccessToken, LivesAsLongAsItSaysWithThirtySecondsOfLeeway) {
    EXPECT_EQ(code_of(token(590s)), "accepted");
    EXPECT_EQ(code_of(token(620s)), "accepted");
    EXPECT_EQ(code_of(token(640s)), "token-expired");
    const TokenSigner other{TokenSigner::generate_pem()};
    EXPECT_EQ(code_of(other.sign(principal_, now() - 640s, 600s)), "token-invalid")
        << "nobody's token expires";
    EXPECT_EQ(code_of(token(-20s)), "accepted");
    EXPECT_EQ(code_of(token(-60s)), "token-invalid") << "it was not valid yet";
}

TEST_F(AccessToken, IsRefusedAfterAChangeOfAnyCharacter) {
    const auto good = token();
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (const char other : {'A', 'z', '.', '=', '\xc3', '\0'}) {
            auto changed = good;
            if (changed[i] == other) continue;
            changed[i] = other;
            EXPECT_EQ(code_of(changed), "token-invalid") << i << " became " << other;
        }
    }
    EXPECT_EQ(code_of(good + "A"), "token-invalid");
    EXPECT_EQ(code_of(good.substr(0, good.size() - 1)), "token-invalid");
}

TEST_F(AccessToken, IsRefusedWithoutASignatureOrWithAnotherAlgorithm) {
    const auto good = token();
    const auto claims =
        from_base64url(good.substr(good.find('.') + 1, good.rfind('.') - good.find('.') - 1)).value();
    const auto kid = R"(","kid":")" + signer_.key_id() + R"("})";
    EXPECT_EQ(code_of(unsigned_token(R"({"alg":"none)" + kid, claims)), "token-invalid");
    EXPECT_EQ(code_of(unsigned_token(R"({"alg":"ES256)" + kid, claims)), "token-invalid");

    // The classic confusion: HMAC keyed with the public key, which everybody knows.
    const auto covered = base64url(R"({"alg":"HS256)" + kid) + "." + base64url(claims);
    EXPECT_EQ(code_of(covered + "." + base64url(hmac_sha256(signer_.public_pem(), covered))),
              "token-invalid");
}

TEST_F(AccessToken, IsRefusedFromAnotherSigner) {
    const TokenSigner other{TokenSigner::generate_pem()};
    EXPECT_EQ(code_of(other.sign(principal_, now(), 600s)), "token-invalid");
    EXPECT_NE(other.key_id(), signer_.key_id());
}

TEST_F(AccessToken, IsRefusedWhenItIsNotAToken) {
    EXPECT_EQ(code_of(""), "token-missing");
    const std::string texts[] = {
        "x", "..", "...", "a.b.c", "e30.e30.e30", "{}", std::string(9000, 'A') + ".e30.e30"};
    for (const auto& text : texts) EXPECT_EQ(code_of(text), "token-invalid") << text;
}

TEST_F(AccessToken, PublishesItsKey) {
    const auto set = boost::json::parse(signer_.jwks());
    const auto& key = set.at("keys").at(0);
    EXPECT_EQ(key.at("kid").as_string(), signer_.key_id());
    EXPECT_EQ(key.at("alg").as_string(), "ES256");
    EXPECT_EQ(key.at("x").as_string().size(), 43U);
    EXPECT_FALSE(key.as_object().contains("d")) << "that is the private key";
}

TEST(TokenSigner, RefusesOtherKeys) {
    EXPECT_THROW(TokenSigner{""}, std::runtime_error);
    EXPECT_THROW(TokenSigner{Ed25519Key::generate_pem()}, std::runtime_error);
    EXPECT_THROW(TokenVerifier{"nonsense"}, std::runtime_error);
}

}  // namespace
}  // namespace shanhai::security
