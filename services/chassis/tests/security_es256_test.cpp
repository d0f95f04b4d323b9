#include "chassis/security/es256.hpp"

#include "chassis/security/access_token.hpp"
#include "chassis/security/crypto.hpp"

#include <gtest/gtest.h>

namespace shanhai::security {
namespace {

/// A public key of its two coordinates, in base64url: what stands before them is the same in every such file.
openssl::Key key_at(std::string_view x, std::string_view y) {
    const auto head = from_hex("3059301306072a8648ce3d020106082a8648ce3d03010703420004").value();
    const auto der = head + from_base64url(x).value() + from_base64url(y).value();
    return openssl::public_key("-----BEGIN PUBLIC KEY-----\n" + base64(der) + "\n-----END PUBLIC KEY-----\n");
}

TEST(Es256, VerifiesTheExampleOfRfc7515) {
    const auto key =
        key_at("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
    ASSERT_TRUE(es256::fits(key.get()));
    const std::string covered =
        "eyJhbGciOiJFUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    auto signature =
        from_base64url(
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q")
            .value();
    EXPECT_TRUE(es256::verify(key.get(), covered, signature));
    EXPECT_FALSE(es256::verify(key.get(), covered + "A", signature));
    signature[40] = static_cast<char>(signature[40] ^ 1);
    EXPECT_FALSE(es256::verify(key.get(), covered, signature));
}

/// One number in 256 begins with a zero byte, which ASN.1 leaves out and a signature of 64 bytes does not.
TEST(Es256, VerifiesWhatItSignedHoweverSmallItsNumbersAre) {
    const auto key = openssl::private_key(TokenSigner::generate_pem());
    int short_numbers = 0;
    for (int i = 0; i < 20'000 && short_numbers < 4; ++i) {
        const auto message = std::to_string(i);
        const auto signature = es256::sign(key.get(), message);
        ASSERT_EQ(signature.size(), es256::signature_size);
        const bool is_short = signature[0] == 0 || signature[es256::coordinate_size] == 0;
        if (!is_short) continue;
        ++short_numbers;
        EXPECT_TRUE(es256::verify(key.get(), message, signature));
        EXPECT_FALSE(es256::verify(key.get(), message, signature.substr(1)));
    }
    EXPECT_EQ(short_numbers, 4);
}

TEST(Es256, FitsNoOtherKind) {
    EXPECT_FALSE(es256::fits(nullptr));
    EXPECT_FALSE(es256::fits(openssl::private_key(Ed25519Key::generate_pem()).get()));
    const openssl::Key other{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-384")};
    EXPECT_FALSE(es256::fits(other.get()));
}

}  // namespace
}  // namespace shanhai::security
