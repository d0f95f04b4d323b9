#include "chassis/security/crypto.hpp"

#include <gtest/gtest.h>
#include <map>
#include <set>
#include <stdexcept>

namespace shanhai::security {
namespace {

std::string bytes_of(std::string_view hex_text) { return from_hex(hex_text).value(); }

TEST(Sha256, AgreesWithFips180) {
    EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(HmacSha256, AgreesWithRfc4231) {
    struct Vector {
        std::string key, data, mac;
    };
    const Vector vectors[] = {
        {std::string(20, '\x0b'), "Hi There",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {"Jefe", "what do ya want for nothing?",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {std::string(20, '\xaa'), std::string(50, '\xdd'),
         "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    };
    // Twice each, since a key that comes again is not taken again, and back to the first.
    for (int round = 0; round < 2; ++round) {
        for (const auto& vector : vectors) {
            EXPECT_EQ(hex(hmac_sha256(vector.key, vector.data)), vector.mac);
            EXPECT_EQ(hex(hmac_sha256(vector.key, vector.data)), vector.mac);
        }
    }
}

/// More keys than are kept, in turns: each time it is the right one.
TEST(HmacSha256, KeepsKeysApartHoweverManyThereAre) {
    std::map<std::string, std::string> first;
    for (int round = 0; round < 3; ++round) {
        for (const int kept : {1, 2, 3, 4, 5, 6, 1, 3, 7, 2}) {
            const auto key = std::string(32, static_cast<char>('a' + kept));
            const auto mac = hmac_sha256(key, "text");
            EXPECT_EQ(first.emplace(key, mac).first->second, mac);
        }
    }
    std::set<std::string> different;
    for (const auto& [key, mac] : first) different.insert(mac);
    EXPECT_EQ(different.size(), 7U);
}

TEST(HmacSha256, TakesAKeyOfNothingForThatAndNotForTheLastOne) {
    constexpr auto* mac = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
    hmac_sha256("another", "");
    EXPECT_EQ(hex(hmac_sha256({}, {})), mac);
    EXPECT_EQ(hex(hmac_sha256({}, {})), mac);
    EXPECT_NE(hex(hmac_sha256("another", {})), mac);
}

TEST(Base64, AgreesWithRfc4648) {
    const std::pair<std::string, std::string> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"},
                                                           {"\xfb\xff", "+/8="}};
    for (const auto& [data, text] : vectors) {
        EXPECT_EQ(base64(data), text);
        EXPECT_EQ(from_base64(text), data);
    }
    EXPECT_EQ(base64url("\xfb\xff"), "-_8");
    EXPECT_EQ(from_base64url("-_8"), "\xfb\xff");
}

TEST(Base64, HasOneSpellingOfEveryValue) {
    for (const char* text :
         {"Zg", "Zg=", "Zh==", "Zm9=", "Zg===", "=", "====", "Z===", "Zm 9", "Zm9v\n", "-_8="}) {
        EXPECT_FALSE(from_base64(text)) << text;
    }
    for (const char* text : {"Z", "Zh", "Zg==", "+/8", "Zm\xc3"}) EXPECT_FALSE(from_base64url(text)) << text;
}

TEST(Hex, ReadsBothCasesAndRefusesTheRest) {
    EXPECT_EQ(hex(std::string{"\x00\xffz", 3}), "00ff7a");
    EXPECT_EQ(from_hex("00FF7a"), (std::string{"\x00\xffz", 3}));
    for (const char* text : {"0", "0g", "0x", " 0"}) EXPECT_FALSE(from_hex(text)) << text;
}

TEST(RandomBytes, AreNeverTheSame) {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) seen.insert(random_bytes(16));
    EXPECT_EQ(seen.size(), 100U);
    EXPECT_EQ(random_bytes(0), "");
}

TEST(EqualInConstantTime, ComparesLengthAndBytes) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("same", "same"));
    EXPECT_FALSE(equal_in_constant_time("same", "sama"));
    EXPECT_FALSE(equal_in_constant_time("same", "same "));
}

/// The 256-bit test cases of McGrew and Viega's GCM specification, which NIST's validation suite includes.
TEST(AesGcm, OpensThePublishedVectors) {
    struct Vector {
        std::string key, nonce, associated, plain, cipher, tag;
    };
    const std::string key_16 = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    const Vector vectors[] = {
        {std::string(64, '0'), std::string(24, '0'), "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
        {std::string(64, '0'), std::string(24, '0'), "", std::string(32, '0'),
         "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"},
        {key_16, "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
         "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
         "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
         "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
         "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
         "76fc6ece0f4e1768cddf8853bb2d551b"},
    };
    for (const auto& vector : vectors) {
        const auto sealed = bytes_of(vector.nonce + vector.cipher + vector.tag);
        const auto plain = open(bytes_of(vector.key), sealed, bytes_of(vector.associated));
        ASSERT_TRUE(plain) << vector.tag;
        EXPECT_EQ(hex(*plain), vector.plain);
    }
}

TEST(AesGcm, OpensWhatItSealed) {
    const auto key = random_bytes(32);
    for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 5000U}) {
        const auto plain = random_bytes(size);
        EXPECT_EQ(open(key, seal(key, plain, "order 7"), "order 7"), plain);
    }
    EXPECT_NE(seal(key, "same", ""), seal(key, "same", "")) << "a nonce came twice";
}

TEST(AesGcm, RefusesAChangeOfAnyByte) {
    const auto key = random_bytes(32);
    const auto sealed = seal(key, "大关县翠华镇", "order 7");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(open(key, changed, "order 7")) << "byte " << i;
        EXPECT_FALSE(open(key, std::string_view{sealed}.substr(0, i), "order 7")) << "cut at " << i;
    }
    EXPECT_FALSE(open(key, sealed, "order 8"));
    EXPECT_FALSE(open(random_bytes(32), sealed, "order 7"));
}

TEST(AesGcm, InsistsOnAWholeKey) { EXPECT_THROW(seal("short", "plain", ""), std::invalid_argument); }

TEST(Password, MatchesItsOwnHashOnly) {
    const auto hash = hash_password("箬竹 noodles");
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
    EXPECT_TRUE(password_matches(hash, "箬竹 noodles"));
    EXPECT_FALSE(password_matches(hash, "箬竹 noodle"));
    EXPECT_FALSE(password_matches(hash, ""));
    EXPECT_NE(hash, hash_password("箬竹 noodles")) << "the salt came twice";
}

/// From the test program of the reference implementation (phc-winner-argon2, src/test.c).
TEST(Password, MatchesTheReferenceHash) {
    const std::string hash =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    EXPECT_TRUE(password_matches(hash, "password"));
    EXPECT_FALSE(password_matches(hash, "passwore"));
    for (const char* broken : {"", "password", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$"}) {
        EXPECT_FALSE(password_matches(broken, "password")) << broken;
    }
}

/// A PKCS#8 PEM file (RFC 8410) around a seed.
std::string pem_of_seed(std::string_view seed_hex) {
    const std::string frame = std::string{"PRIVATE"} + " KEY-----\n";
    const auto der = bytes_of("302e020100300506032b657004220420" + std::string{seed_hex});
    return "-----BEGIN " + frame + base64(der) + "\n-----END " + frame;
}

TEST(Ed25519, AgreesWithRfc8032) {
    struct Vector {
        std::string seed, public_key, message, signature;
    };
    const Vector vectors[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd"
         "25bf5f0595bbe24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c38"
         "7b2eaeb4302aeeb00d291612bb0c00"},
    };
    for (const auto& vector : vectors) {
        const auto key = Ed25519Key::from_pem(pem_of_seed(vector.seed));
        ASSERT_TRUE(key);
        EXPECT_EQ(hex(key->public_key()), vector.public_key);
        EXPECT_EQ(hex(key->sign(bytes_of(vector.message))), vector.signature);
        EXPECT_TRUE(Ed25519Key::verify(bytes_of(vector.public_key), bytes_of(vector.message),
                                       bytes_of(vector.signature)));
    }
}

TEST(Ed25519, RefusesAChangeOfAnyByte) {
    const auto key = Ed25519Key::from_pem(Ed25519Key::generate_pem());
    ASSERT_TRUE(key);
    const std::string message = "shanhai checkpoint";
    const auto signature = key->sign(message);
    EXPECT_TRUE(Ed25519Key::verify(key->public_key(), message, signature));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        auto changed = signature;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(Ed25519Key::verify(key->public_key(), message, changed)) << "byte " << i;
    }
    EXPECT_FALSE(Ed25519Key::verify(key->public_key(), message + " ", signature));
    EXPECT_FALSE(Ed25519Key::verify(key->public_key(), message, signature + "x"));
    EXPECT_FALSE(Ed25519Key::verify("short", message, signature));
}

TEST(Ed25519, RefusesWhatIsNotAnEd25519Key) {
    for (const char* text :
         {"", "not a key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"}) {
        EXPECT_FALSE(Ed25519Key::from_pem(text));
    }
}

}  // namespace
}  // namespace shanhai::security
