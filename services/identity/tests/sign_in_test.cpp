#include "identity/domain/sign_in.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <stdexcept>

namespace shanhai::identity {
namespace {

/// Knows one account, and remembers whom it let in.
class FakeStore final : public IdentityStore {
public:
    Answer<LoginAttempt> begin_login(Login login, std::string) override {
        LoginAttempt attempt;
        attempt.admitted = admitting;
        attempt.allowances.push_back({address_limit, true, 5, std::chrono::seconds{10}});
        attempt.allowances.push_back({login_limit, admitting, 0, std::chrono::seconds{90}});
        if (login.text() == "known") {
            attempt.account = Account{AccountId{7}, "known", "Known", {}, {Role::merchant}, false, temporary};
            attempt.password_hash = "hash of right";
        }
        co_return attempt;
    }
    Answer<Done> forget_attempt(Login login, std::string address, bool) override {
        forgotten.push_back(login.text() + ' ' + address);
        co_return Done{};
    }
    Answer<SignedIn> start_session(Account account, std::string, Client) override {
        ++sessions;
        SignedIn signed_in{std::move(account), "token", {}};
        co_return signed_in;
    }
    Answer<Done> change_password(AccountId id, std::string old_hash, std::string new_hash,
                                 std::uint64_t spared) override {
        changed = std::to_string(number(id)) + ' ' + old_hash + ' ' + new_hash + ' ' + std::to_string(spared);
        co_return Done{};
    }
    Answer<SignedIn> rotate(std::string, Client) override { throw std::logic_error{"not asked for"}; }
    Answer<Done> end_session(std::string) override { throw std::logic_error{"not asked for"}; }
    Answer<Done> end_sessions(AccountId) override { throw std::logic_error{"not asked for"}; }
    Answer<Account> account(AccountId) override { throw std::logic_error{"not asked for"}; }
    Answer<std::vector<Account>> accounts(AccountId, std::size_t) override {
        throw std::logic_error{"not asked for"};
    }
    Answer<Account> open_account(NewAccount, std::string) override {
        throw std::logic_error{"not asked for"};
    }
    Answer<Account> change_account(AccountId, AccountChange) override {
        throw std::logic_error{"not asked for"};
    }
    Answer<Done> set_disabled(AccountId, bool) override { throw std::logic_error{"not asked for"}; }
    Answer<Instant> reset_password(AccountId, std::string) override {
        throw std::logic_error{"not asked for"};
    }
    Answer<Registration> register_organisation(NewOrganisation) override {
        throw std::logic_error{"not asked for"};
    }
    Answer<std::vector<Organisation>> organisations(OrganisationId, std::size_t) override {
        throw std::logic_error{"not asked for"};
    }

    bool admitting = true;
    bool temporary = false;
    int sessions = 0;
    std::vector<std::string> forgotten;
    std::string changed;
};

class FakePasswords final : public Passwords {
public:
    boost::asio::awaitable<Result<std::string>> hash(std::string password) override {
        co_return "hash of " + password;
    }
    boost::asio::awaitable<Result<bool>> matches(std::string hash, std::string password) override {
        if (overloaded) co_return Error{Failure::unavailable, "overloaded", "later"};
        compared.push_back(hash);
        co_return hash == "hash of " + password;
    }
    std::vector<std::string> compared;
    bool overloaded = false;
};

class SignInTest : public ::testing::Test {
protected:
    std::string code(const std::string& login, std::string password) {
        std::string code;
        auto work = [&]() -> boost::asio::awaitable<void> {
            auto parsed = *Login::parse(login);
            Client client{"::1", "test"};
            const auto outcome =
                co_await sign_in_.sign_in(std::move(parsed), std::move(password), std::move(client));
            code = outcome.result ? "in" : outcome.result.error().code();
            if (!outcome.result) wait_ = outcome.result.error().retry_after();
        };
        boost::asio::io_context io;
        boost::asio::co_spawn(io, work, [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
        });
        io.run();
        return code;
    }

    std::string change(const std::string& present, const std::string& next) {
        std::string told;
        auto work = [&]() -> boost::asio::awaitable<void> {
            auto login = *Login::parse("known");
            std::string old = present;
            std::string wanted = next;
            std::string address = "::1";
            const auto outcome = co_await sign_in_.change_password(std::move(login), std::move(old),
                                                                   std::move(wanted), std::move(address), 5);
            told = outcome.result ? "changed" : outcome.result.error().code();
        };
        boost::asio::io_context io;
        boost::asio::co_spawn(io, work, [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
        });
        io.run();
        return told;
    }

    FakeStore store_;
    FakePasswords passwords_;
    SignIn sign_in_{store_, passwords_, "hash of decoy"};
    std::optional<std::chrono::seconds> wait_;
};

TEST_F(SignInTest, LetsTheOwnerIn) {
    EXPECT_EQ(code("known", "right"), "in");
    EXPECT_EQ(store_.sessions, 1);
}

TEST_F(SignInTest, ComparesAHashForUnknownLoginsToo) {
    EXPECT_EQ(code("known", "wrong"), "login-failed");
    EXPECT_EQ(code("unknown", "right"), "login-failed");
    EXPECT_EQ(code("unknown", "decoy"), "login-failed") << "the decoy is nobody's password";
    EXPECT_EQ(passwords_.compared,
              (std::vector<std::string>{"hash of right", "hash of decoy", "hash of decoy"}));
    EXPECT_EQ(store_.sessions, 0);
}

TEST_F(SignInTest, CountsNothingThatItDidNotLookAt) {
    passwords_.overloaded = true;
    EXPECT_EQ(code("known", "right"), "overloaded");
    EXPECT_EQ(store_.forgotten, (std::vector<std::string>{"known ::1"}));
    passwords_.overloaded = false;
    EXPECT_EQ(code("known", "wrong"), "login-failed");
    EXPECT_EQ(store_.forgotten.size(), 1U);
}

TEST_F(SignInTest, LetsATemporaryPasswordChooseAnotherAndNothingElse) {
    store_.temporary = true;
    EXPECT_EQ(code("known", "wrong"), "login-failed");
    EXPECT_EQ(code("known", "right"), "password-change-required");
    EXPECT_EQ(store_.sessions, 0);
    EXPECT_EQ(change("right", "a long pass phrase"), "changed");
}

TEST_F(SignInTest, ChangesAPasswordForWhoKnowsThePresentOne) {
    EXPECT_EQ(change("wrong", "a long pass phrase"), "login-failed");
    EXPECT_EQ(change("right", "password1234"), "validation-failed");
    EXPECT_EQ(store_.changed, "");
    EXPECT_EQ(change("right", "a long pass phrase"), "changed");
    EXPECT_EQ(store_.changed, "7 hash of right hash of a long pass phrase 5");
}

TEST_F(SignInTest, LooksAtNoPasswordBeyondTheLimit) {
    store_.admitting = false;
    EXPECT_EQ(code("known", "right"), "login-rate-limited");
    EXPECT_TRUE(passwords_.compared.empty());
    EXPECT_EQ(wait_, std::chrono::seconds{90}) << "of the limit that was reached";
}

}  // namespace
}  // namespace shanhai::identity
