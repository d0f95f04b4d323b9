#include "chassis/security/access_token.hpp"
#include "chassis/security/crypto.hpp"
#include "chassis/security/secrets.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <thread>

namespace shanhai::security {
namespace {

namespace fs = std::filesystem;

class SecretsFolder : public ::testing::Test {
protected:
    SecretsFolder() : folder_{fs::path{::testing::TempDir()} / ("secrets-" + hex(random_bytes(8)))} {
        fs::create_directories(folder_);
    }
    ~SecretsFolder() override { fs::remove_all(folder_); }

    std::string complaint(const std::string& name) const {
        try {
            secrets_.read(name);
            return "";
        } catch (const std::runtime_error& error) {
            return error.what();
        }
    }
    void write(const std::string& name, const std::string& content, fs::perms permissions) const {
        std::ofstream{folder_ / name} << content;
        fs::permissions(folder_ / name, permissions);
    }

    fs::path folder_;
    Secrets secrets_{folder_};
};

constexpr auto owner_only = fs::perms::owner_read | fs::perms::owner_write;

TEST_F(SecretsFolder, GivesBackWhatWasStoredOnce) {
    EXPECT_TRUE(secrets_.make_once("internal", "first\n"));
    EXPECT_FALSE(secrets_.make_once("internal", "second\n"));
    EXPECT_EQ(secrets_.read("internal"), "first");
    EXPECT_EQ(fs::status(folder_ / "internal").permissions(), owner_only);
}

TEST_F(SecretsFolder, NamesTheFileAndTheRemedy) {
    EXPECT_NE(complaint("cursor").find("shanhai secrets"), std::string::npos);
    EXPECT_NE(complaint("cursor").find((folder_ / "cursor").string()), std::string::npos);

    for (const auto open_to : {fs::perms::group_read, fs::perms::others_read, fs::perms::group_write}) {
        write("cursor", "x", owner_only | open_to);
        EXPECT_NE(complaint("cursor").find("chmod 600"), std::string::npos);
    }
    write("cursor", "", owner_only);
    EXPECT_NE(complaint("cursor").find("empty"), std::string::npos);
    fs::create_directory(folder_ / "folder");
    EXPECT_NE(complaint("folder").find("not a file"), std::string::npos);
}

TEST_F(SecretsFolder, ReadsKeysOfThirtyTwoBytes) {
    const auto key = random_bytes(32);
    write("good", base64(key) + "\n", owner_only);
    write("short", base64(key.substr(1)), owner_only);
    write("text", "not base64 at all", owner_only);
    EXPECT_EQ(secrets_.key("good"), key);
    EXPECT_THROW(secrets_.key("short"), std::runtime_error);
    EXPECT_THROW(secrets_.key("text"), std::runtime_error);
}

TEST_F(SecretsFolder, LetsOneOfManyWritersWin) {
    constexpr int writers = 8;
    std::vector<int> won(writers);
    std::vector<std::thread> threads;
    for (int i = 0; i < writers; ++i) {
        threads.emplace_back(
            [&, i] { won[static_cast<std::size_t>(i)] = secrets_.make_once("race", std::to_string(i)); });
    }
    for (auto& thread : threads) thread.join();
    ASSERT_EQ(std::ranges::count(won, 1), 1);
    EXPECT_EQ(secrets_.read("race"), std::to_string(std::ranges::find(won, 1) - won.begin()));
    EXPECT_EQ(std::distance(fs::directory_iterator{folder_}, {}), 1) << "drafts were left behind";
}

TEST_F(SecretsFolder, HoldsEverythingThePlatformNeeds) {
    const auto made = make_platform_secrets(folder_, {"orders", "audit"});
    EXPECT_EQ(made.size(), 22U);
    EXPECT_EQ(fs::status(folder_).permissions(), fs::perms::owner_all);
    for (const char* name : {"attribution", "scan_token", "vault_master", "phone_hmac", "order_access",
                             "identity_vault", "cursor", "internal_feed", "internal_backfill",
                             "sandbox_provider", "ledger_verifier", "facts_orders"}) {
        EXPECT_EQ(secrets_.key(name).size(), 32U) << name;
    }
    EXPECT_TRUE(Ed25519Key::from_pem(secrets_.read("ledger_private")));
    const TokenSigner signer{secrets_.read("access_token_private")};
    const TokenVerifier verifier{secrets_.read("access_token_public")};
    EXPECT_TRUE(verifier.verify(signer.sign({1, 0, "a", {}}, now(), std::chrono::seconds{60})));
    EXPECT_NE(secrets_.read("database_orders"), secrets_.read("database_audit"));
}

TEST_F(SecretsFolder, IsOnlyCompletedNeverChanged) {
    make_platform_secrets(folder_, {"orders"});
    const auto private_key = secrets_.read("access_token_private");
    const auto public_key = secrets_.read("access_token_public");
    fs::remove(folder_ / "access_token_public");

    EXPECT_EQ(make_platform_secrets(folder_, {"orders", "trace"}),
              (std::vector<std::string>{"access_token_public", "database_trace", "database_trace_owner",
                                        "facts_trace"}));
    EXPECT_EQ(secrets_.read("access_token_private"), private_key);
    EXPECT_EQ(secrets_.read("access_token_public"), public_key);
}

TEST(TypablePassword, HasFourGroupsWithoutLookAlikes) {
    const std::regex form{"[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}"};
    for (int i = 0; i < 200; ++i) EXPECT_TRUE(std::regex_match(typable_password(), form));
    EXPECT_NE(typable_password(), typable_password());
}

}  // namespace
}  // namespace shanhai::security
