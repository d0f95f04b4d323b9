#include "chassis/http/router.hpp"
#include "chassis/security/gate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai::security {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 5> roles{"merchant", "certifier", "operator", "auditor", "admin"};

const TokenSigner& signer() {
    static const TokenSigner one{TokenSigner::generate_pem()};
    return one;
}

/// A gate, and the head of a request that comes to it.
struct Visit {
    Revocations revocations{0s};
    TokenVerifier verifier{signer().public_pem()};
    Gate gate{verifier, revocations};
    http::Request request;
    std::string bearer;

    void sign_in(const Principal& who, Instant at = now()) {
        bearer = "Bearer " + signer().sign(who, at, 600s);
        request.headers.emplace_back("Authorization", bearer);
    }
    std::string come(const Operation& operation) {
        const auto refused = gate.admit(operation, request);
        return refused ? refused->code() : "in";
    }
};

Operation only(std::string_view role) {
    Operation operation{"one", "POST", "/one"};
    operation.roles[0] = role;
    return operation;
}

TEST(Gate, LetsExactlyThoseInWhomTheTableNames) {
    for (const auto& operation : operations()) {
        for (const auto role : roles) {
            Visit visit;
            visit.sign_in({1, 2, "somebody", {std::string{role}}});
            const bool may = operation.anybody || operation.any_account || !operation.key.empty() ||
                             operation.takes(role) || (!operation.held_key.empty() && !operation.signs_in());
            EXPECT_EQ(visit.come(operation), may ? "in" : "role-missing") << operation.name << ' ' << role;
        }
        Visit guest;
        const bool may = operation.anybody || !operation.held_key.empty() || !operation.key.empty();
        EXPECT_EQ(guest.come(operation), may ? "in" : "token-missing") << operation.name;
    }
}

TEST(Gate, KnowsNoRoleThatMayEverything) {
    for (const auto role : roles) {
        const auto operation = only(role);
        for (const auto other : roles) {
            Visit visit;
            visit.sign_in({1, 2, "somebody", {std::string{other}}});
            EXPECT_EQ(visit.come(operation), other == role ? "in" : "role-missing");
        }
        Visit nobody;
        nobody.sign_in({1, 2, "somebody", {}});
        EXPECT_EQ(nobody.come(operation), "role-missing");
    }
}

TEST(Gate, LetsKeysDoWhatTheirScopesNameAndNothingElse) {
    const std::vector<std::string> all{key_scopes().begin(), key_scopes().end()};
    ASSERT_FALSE(all.empty());
    std::size_t let_in = 0;
    for (const auto& operation : operations()) {
        const auto comes_with = [&](std::vector<std::string> roles_of_it, std::vector<std::string> scopes) {
            Visit visit;
            visit.sign_in({1, 2, "a key", std::move(roles_of_it), 3, std::move(scopes)});
            return visit.come(operation);
        };
        const bool looked_at = operation.key.empty() && operation.signs_in();
        if (!looked_at) continue;
        const bool may = operation.any_account || operation.takes("merchant");
        const bool named = !operation.key_scope.empty();
        if (operation.anybody && operation.reads()) {
            Visit visit;
            visit.sign_in({1, 2, "a key", {"merchant"}, 3, std::vector<std::string>{}});
            EXPECT_EQ(visit.come(operation), "in") << operation.name;
            EXPECT_FALSE(visit.request.principal) << operation.name << " is read as everybody reads it";
            continue;
        }
        EXPECT_EQ(comes_with({"merchant"}, all), !may    ? "role-missing"
                                                 : named ? "in"
                                                         : "person-needed")
            << operation.name;
        EXPECT_EQ(comes_with({"merchant"}, {}), !may    ? "role-missing"
                                                : named ? "scope-missing"
                                                        : "person-needed")
            << operation.name;
        if (!named) continue;
        ++let_in;
        std::vector<std::string> others = all;
        std::erase(others, operation.key_scope);
        EXPECT_EQ(comes_with({"merchant"}, others), "scope-missing") << operation.name;
        EXPECT_EQ(comes_with({"merchant"}, {std::string{operation.key_scope}}), "in") << operation.name;
        EXPECT_EQ(comes_with({}, all), "role-missing") << "a scope gives nothing that the role does not have";
    }
    EXPECT_GT(let_in, 20U);
}

/// Programs are who brings tables.
TEST(Gate, LetsKeysDoAsATableWhatTheyDoOneByOne) {
    const auto scope_of = [](std::string_view name) {
        const auto all = operations();
        const auto found = std::ranges::find(all, name, &Operation::name);
        return found == all.end() ? "no such operation" : found->key_scope;
    };
    EXPECT_EQ(scope_of("importProducts"), scope_of("addProduct"));
    EXPECT_EQ(scope_of("exportProducts"), scope_of("addProduct")) << "for the next import";
    EXPECT_EQ(scope_of("importLots"), scope_of("addLot"));
    EXPECT_EQ(scope_of("exportLots"), "origin:read");
}

TEST(Gate, SaysWhoIsSignedInWhereThatMatters) {
    Visit visit;
    visit.sign_in({7, 3, "李", {"operator"}, 12});
    ASSERT_EQ(visit.come(only("operator")), "in");
    EXPECT_EQ(visit.request.staff().account, 7U);
    EXPECT_EQ(visit.request.staff().session, 12U);
    EXPECT_THROW(http::Request{}.staff(), std::logic_error);
}

TEST(Gate, TakesAnOrdersKeyForItsHolderWhoeverIsSignedIn) {
    auto operation = only("auditor");
    operation.held_key = "Order-Access-Token";
    Visit visit;
    visit.request.headers.emplace_back("Order-Access-Token", "a key");
    visit.sign_in({1, 0, "x", {"auditor"}});
    EXPECT_EQ(visit.come(operation), "in");
    EXPECT_FALSE(visit.request.principal) << "the key decides: its handler must not take them for staff";
}

TEST(Gate, RefusesTokensThatWereWithdrawn) {
    const auto operation = only("operator");
    const auto answer = [&](std::uint64_t account, std::uint64_t session, auto&& withdraw) {
        Visit visit;
        withdraw(visit.revocations);
        visit.sign_in({account, 0, "x", {"operator"}, session});
        return visit.come(operation);
    };
    const auto all = [](Revocations& list) { list.withdraw_account(1, 20, 0); };
    EXPECT_EQ(answer(1, 20, all), "token-revoked");
    EXPECT_EQ(answer(1, 0, all), "token-revoked") << "a token that names no session is older than all";
    EXPECT_EQ(answer(1, 21, all), "in") << "signed in again since";
    EXPECT_EQ(answer(2, 20, all), "in");
    const auto others = [](Revocations& list) { list.withdraw_account(1, 20, 19); };
    EXPECT_EQ(answer(1, 19, others), "in");
    EXPECT_EQ(answer(1, 18, others), "token-revoked");
    const auto then_all = [](Revocations& list) {
        list.withdraw_account(1, 20, 19);
        list.withdraw_account(1, 20, 0);
    };
    EXPECT_EQ(answer(1, 19, then_all), "token-revoked");
    const auto session = [](Revocations& list) { list.withdraw_session(5); };
    EXPECT_EQ(answer(1, 5, session), "token-revoked");
    EXPECT_EQ(answer(1, 6, session), "in");
}

RC_GTEST_PROP(Gate, NeverLetsAWithdrawnSessionInAgain, ()) {
    Revocations list{0s};
    std::uint64_t last = 0;
    std::vector<std::uint64_t> alive;  // Of account 1.
    std::vector<std::uint64_t> ended;
    const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4));
    for (const auto step : steps) {
        if (step == 0 || alive.empty()) {
            alive.push_back(++last);
        } else if (step == 1) {  // Somebody signs out.
            list.withdraw_session(alive.back());
            ended.push_back(alive.back());
            alive.pop_back();
        } else {  // A new password spares one's own session; being disabled spares none.
            const auto own = step == 2 ? alive.front() : 0;
            list.withdraw_account(1, last, own);
            for (const auto one : alive) {
                if (one != own) ended.push_back(one);
            }
            alive = own == 0 ? std::vector<std::uint64_t>{} : std::vector<std::uint64_t>{own};
        }
        for (const auto one : ended) RC_ASSERT(list.void_for({1, 0, "", {}, one}));
        for (const auto one : alive) RC_ASSERT(!list.void_for({1, 0, "", {}, one}));
    }
}

TEST(Gate, BelievesNoWritesWhenNobodyCanSayWhoWasDismissed) {
    const Revocations unheard{30s};
    const TokenVerifier verifier{signer().public_pem()};
    const Gate gate{verifier, unheard};
    const auto ask = [&](std::string_view method) {
        auto operation = only("operator");
        operation.method = method;
        http::Request request;
        const auto bearer = "Bearer " + signer().sign({1, 0, "x", {"operator"}}, now(), 600s);
        request.headers.emplace_back("Authorization", bearer);
        const auto refused = gate.admit(operation, request);
        return refused ? refused->code() : "in";
    };
    EXPECT_EQ(ask("POST"), "revocations-unknown");
    EXPECT_EQ(ask("GET"), "in");
}

TEST(Revocations, AgeFromTheMomentOfTheLastWord) {
    Revocations list{30s};
    EXPECT_FALSE(list.fresh());
    list.known_at(Revocations::Clock::now() - 29s);
    EXPECT_TRUE(list.fresh());
    list.known_at(Revocations::Clock::now() - 31s);
    EXPECT_FALSE(list.fresh());
    list.known_at(Revocations::Clock::now());
    list.clear();
    EXPECT_FALSE(list.fresh()) << "an empty list is no word of identity's";
}

TEST(Revocations, ForgetWhatNoTokenOutlives) {
    Revocations list{0s};
    list.withdraw_account(1, 20, 0);
    list.withdraw_session(30);
    EXPECT_EQ(list.size(), 2U);
    list.forget_before(Revocations::Clock::now() - 1h);
    EXPECT_EQ(list.size(), 2U);
    list.forget_before(Revocations::Clock::now() + 1s);
    EXPECT_EQ(list.size(), 0U);
    EXPECT_FALSE(list.void_for({1, 0, "", {}, 20}));
}

http::Request request_to(std::string_view path) {
    http::Request request;
    request.path = path;
    return request;
}

TEST(GuardedRouter, RefusesToMountWhatTheTableDoesNotName) {
    http::Router router;
    const auto admit = [](const Operation&, http::Request&) { return std::optional<Error>{}; };
    router.guard(Port::public_, admit);
    const auto quick = [](const http::Request&) { return http::Response{}; };
    EXPECT_THROW(router.on_quick(http::Method::get, "/v1/unheard-of", quick), std::logic_error);
    EXPECT_THROW(router.on_quick(http::Method::post, "/livez", quick), std::logic_error);
    EXPECT_THROW(router.on_quick(http::Method::get, "/metrics", quick), std::logic_error) << "internal only";
    router.on_quick(http::Method::get, "/livez", quick);
}

TEST(GuardedRouter, RunsNoHandlerOfARefusedRequest) {
    http::Router router;
    bool ran = false;
    const auto admit = [](const Operation& operation, http::Request&) -> std::optional<Error> {
        EXPECT_EQ(operation.name, "isAlive");
        return Error{Failure::forbidden, "role-missing", "no"};
    };
    router.guard(Port::public_, admit);
    router.on_quick(http::Method::get, "/livez", [&](const http::Request&) {
        ran = true;
        return http::Response{};
    });
    auto request = request_to("/livez");
    const auto match = router.match(request);
    EXPECT_EQ(router.answer_now(match, request).status, 403);
    EXPECT_EQ(match.route, "/livez");
    EXPECT_FALSE(ran);
}

TEST(GuardedRouter, LetsNoCacheMixUpWhatDiffersByReader) {
    http::Router router;
    router.guard(Port::public_, [](const Operation&, http::Request&) { return std::optional<Error>{}; });
    const auto packed = [](const http::Request&) {
        http::Response response;
        http::vary_by(response, "Accept-Encoding");
        return response;
    };
    router.on_quick(http::Method::get, "/v1/products/{product_id}", packed);
    router.on_quick(http::Method::get, "/v1/counties", packed);
    const auto vary = [&](std::string_view path) {
        auto request = request_to(path);
        const auto match = router.match(request);
        return router.answer_now(match, request).headers.at(0).second;
    };
    EXPECT_EQ(vary("/v1/products/7"), "Accept-Encoding, Authorization");
    EXPECT_EQ(vary("/v1/counties"), "Accept-Encoding");
}

TEST(GuardedRouter, AnswersAFaultOfTheGateWith500) {
    http::Router router;
    const auto admit = [](const Operation&, http::Request&) -> std::optional<Error> {
        throw std::runtime_error{"out of luck"};
    };
    router.guard(Port::public_, admit);
    router.on_quick(http::Method::get, "/livez", [](const http::Request&) { return http::Response{}; });
    auto request = request_to("/livez");
    const auto match = router.match(request);
    EXPECT_EQ(router.answer_now(match, request).status, 500);
}

}  // namespace
}  // namespace shanhai::security
