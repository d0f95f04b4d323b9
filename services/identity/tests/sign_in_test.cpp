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
            attempt.account->second_factor = second_factor;
            attempt.account->second_factor_required = factor_required;
            attempt.password_hash = "hash of right";
        }
        co_return attempt;
    }
    Answer<Done> forget_attempt(Login login, std::string address, bool) override {
        forgotten.push_back(login.text() + ' ' + address);
        co_return Done{};
    }
    Answer<FactorAttempt> try_second_factor(AccountId, TypedCode code) override {
        FactorAttempt attempt{{second_factor_limit, factor_admitting, 0, std::chrono::seconds{600}}, false};
        attempt.right = factor_admitting && code.text == "123456";
        codes.push_back(code.text);
        co_return attempt;
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
    Answer<std::vector<AccountName>> names(std::vector<AccountId>, std::vector<OrganisationKind>,
                                           OrganisationId) override {
        throw std::logic_error{"not asked for"};
    }
    Answer<std::vector<Account>> accounts(AccountId, std::size_t) override {
        throw std::logic_error{"not asked for"};
    }
    Answer<Account> open_account(NewAccount, std::string) override {
        throw std::logic_error{"not asked for"};
    }
    Answer<Account> change_account(AccountId, AccountChange) override {
        throw std::logic_error{"not asked for"};
    }
    Answer<Done> set_disabled(AccountId, bool, AccountId) override {
        throw std::logic_error{"not asked for"};
    }
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
    bool second_factor = false;
    bool factor_required = false;
    bool factor_admitting = true;
    std::vector<std::string> codes;
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
    std::string code(const std::string& login, std::string password,
                     std::optional<std::string> factor = std::nullopt) {
        std::string code;
        auto work = [&]() -> boost::asio::awaitable<void> {
            auto parsed = *Login::parse(login);
            Client client{"::1", "test"};
            const auto outcome = co_await sign_in_.sign_in(std::move(parsed), std::move(password),
                                                           std::move(factor), std::move(client));
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

    std::string change(const std::string& present, const std::string& next,
                       AccountId signed_in = AccountId{7}, std::optional<std::string> factor = std::nullopt) {
        std::string told;
        auto work = [&]() -> boost::asio::awaitable<void> {
            auto login = *Login::parse("known");
            std::string old = present;
            std::string wanted = next;
            std::string address = "::1";
            const auto outcome =
                co_await sign_in_.change_password(std::move(login), std::move(old), std::move(factor),
                                                  std::move(wanted), std::move(address), 5, signed_in);
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

TEST_F(SignInTest, AsksWhoKnowsThePasswordForTheSecondFactor) {
    store_.second_factor = true;
    EXPECT_EQ(code("known", "wrong", "123456"), "login-failed");
    EXPECT_TRUE(store_.codes.empty()) << "who does not know the password learns nothing of a second factor";
    EXPECT_EQ(code("known", "right"), "second-factor-required");
    EXPECT_EQ(code("known", "right", "654321"), "second-factor-wrong");
    EXPECT_EQ(store_.sessions, 0);
    EXPECT_EQ(code("known", "right", "123 456"), "in");
    store_.factor_admitting = false;
    EXPECT_EQ(code("known", "right", "123456"), "second-factor-rate-limited");
    EXPECT_EQ(wait_, std::chrono::seconds{600});
}

TEST_F(SignInTest, TellsWhoIsToHaveASecondFactorToEnrol) {
    store_.factor_required = true;
    EXPECT_EQ(code("known", "wrong"), "login-failed");
    EXPECT_EQ(code("known", "right"), "second-factor-enrolment-required");
    EXPECT_EQ(store_.sessions, 0);
    store_.second_factor = true;
    EXPECT_EQ(code("known", "right", "123456"), "in");
}

TEST_F(SignInTest, AsksForTheSecondFactorBeforeAPasswordIsChangedFromOutside) {
    store_.second_factor = true;
    EXPECT_EQ(change("right", "a long pass phrase", AccountId{}), "second-factor-required");
    EXPECT_EQ(change("right", "a long pass phrase", AccountId{8}), "second-factor-required")
        << "somebody else's session is none";
    EXPECT_EQ(store_.changed, "");
    EXPECT_EQ(change("right", "a long pass phrase", AccountId{}, "123456"), "changed");
    EXPECT_EQ(change("right", "a long pass phrase", AccountId{7}), "changed");
}

}  // namespace
}  // namespace shanhai::identity
