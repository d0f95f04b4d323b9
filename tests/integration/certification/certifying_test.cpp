#include "integration/certification/fixture.hpp"

#include <atomic>
#include <thread>

namespace shanhai::certification {
namespace {

TEST_F(CertificationService, CertifiesByTheSchemesOwnRulesOnly) {
    const auto refused = [&](const char* member, const auto& value, json::object body) {
        body[member] = value;
        return certify(body).pointer();
    };
    const auto body = certification_body(noodles);
    EXPECT_EQ(refused("authority", "随便写的单位", body), "/authority");
    EXPECT_EQ(refused("authority", "上海市政府合作交流办", body), "/authority");
    EXPECT_EQ(refused("product_id", 99, body), "/product_id");
    EXPECT_EQ(refused("scheme", "NO_SUCH_SCHEME", body), "/scheme");
    EXPECT_EQ(refused("scheme", "minhang", body), "/scheme");
    EXPECT_EQ(refused("valid_from", "1926-01-01", body), "/valid_to");
    EXPECT_EQ(refused("valid_from", std::to_string(this_year() - 1) + "-12-31", body), "/valid_from");
    EXPECT_EQ(refused("valid_to", std::to_string(this_year() + 1) + "-01-02", body), "/valid_to");
    EXPECT_EQ(refused("year", this_year() - 1, certification_body(noodles, "A", this_year() - 1)), "/year");
    EXPECT_EQ(refused("valid_to", date_text(shanghai_date(now())), body), "/valid_to") << "over already";
    EXPECT_EQ(refused("year", this_year() + 2, certification_body(noodles, "A", this_year() + 2)), "/year");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM certification"), 0);

    // The district's pairing has ended: nothing of that county is its any more.
    host_.transact([](database::Session& session) {
        remember(session, pairing("530624", Date{std::chrono::year{this_year()} / 1 / 1}));
    });
    EXPECT_EQ(refused("year", this_year(), body), "/product_id");
    auto citys = body;
    citys["scheme"] = "BAIXIAN_BAIPIN";
    citys["authority"] = "上海市政府合作交流办";
    EXPECT_EQ(certify(citys, office_of_shanghai).status, 201);
    // A pairing of the whole prefecture holds for each of its counties.
    host_.transact([](database::Session& session) { remember(session, pairing("530600")); });
    EXPECT_EQ(certify(body).status, 201);
    auto own = body;
    own["scheme"] = "COUNTY_RECOGNITION";
    own["authority"] = "大关县乡村振兴局";
    EXPECT_EQ(certify(own, office_of_daguan).status, 201);
}

TEST_F(CertificationService, LetsTheOfficeThatDecidesCertifyAndNobodyElse) {
    const auto body = [&](const char* scheme, const char* authority) {
        auto one = certification_body(noodles, scheme);
        one["scheme"] = scheme;
        one["authority"] = authority;
        return one;
    };
    const std::vector<std::pair<std::uint64_t, json::object>> decisions{
        {office_of_minhang, body("MINHANG_YOUPIN", "闵行区政府合作交流办")},
        {office_of_shanghai, body("BAIXIAN_BAIPIN", "上海市政府合作交流办")},
        {office_of_daguan, body("COUNTY_RECOGNITION", "大关县乡村振兴局")}};
    const json::object suspend{{"state", "SUSPENDED"}, {"reason", "抽检不合格"}};
    // Of no house, of one that is unknown, of another office, of one that decides another scheme.
    const std::vector<std::uint64_t> offices{
        0, 99, office_of_songjiang, office_of_minhang, office_of_shanghai, office_of_daguan};
    for (const auto& [office, wanted] : decisions) {
        for (const auto other : offices) {
            if (other == office) continue;
            EXPECT_EQ(certify(wanted, other).problem(), "not-the-authority") << other << " issued " << wanted;
        }
        const auto made = certify(wanted, office);
        ASSERT_EQ(made.status, 201) << made.body;
        const auto target = made.header("Location") + "/state";
        for (const auto other : offices) {
            if (other == office) continue;
            EXPECT_EQ(post(target, suspend, "certifier", other).problem(), "not-the-authority")
                << other << " suspended " << wanted;
        }
        EXPECT_EQ(post(target, suspend, "certifier", office).status, 200);
    }
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM certification"), 3);
}

TEST_F(CertificationService, TellsWhenACertificationWasEnteredWhateverItSays) {
    const auto before = now();
    ASSERT_EQ(certify(certification_body(noodles)).status, 201);
    const auto fact = told().back();
    EXPECT_LT(start_of(Date{std::chrono::days{fact.valid_from_day()}}), before);
    EXPECT_GE(fact.recorded_us(), unix_microseconds(before));
    EXPECT_LE(fact.recorded_us(), unix_microseconds(now()));
    EXPECT_EQ(fact.product_id(), noodles);
    EXPECT_EQ(fact.scheme(), "MINHANG_YOUPIN");
}

TEST_F(CertificationService, InventsAPastForInventedGoodsOnlyAndOnTheInternalPort) {
    const std::string target = "/internal/v1/backfill/certifications";
    const std::pair<std::string, std::string> key{"Shanhai-Internal-Key",
                                                  host_.secrets().read("internal_backfill")};
    const std::pair<std::string, std::string> content{"Content-Type", "application/json"};
    const auto last_year = this_year() - 1;
    const auto send = [&](std::uint64_t product, int year, const auto& headers) {
        const auto body = certification_body(product, "S-" + std::to_string(product), year);
        return host_.call_internal("POST", target, json::serialize(body), headers);
    };
    using Headers = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(send(noodles, last_year, Headers{content}).status, 401);
    EXPECT_EQ(send(tea, last_year, Headers{key, content}).pointer(), "/product_id");
    const auto answer = send(noodles, last_year, Headers{key, content});
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(send(noodles, last_year, Headers{key, content}).problem(), "certified-already");
    const auto fact = told().back();
    EXPECT_EQ(instant_of(fact.recorded_us()), start_of(Date{std::chrono::days{fact.valid_from_day()}}));
    EXPECT_EQ(host_.call("POST", target, "{}", Headers{key, content}).status, 404);
}

TEST_F(CertificationService, RefusesWhoeverMayNotDecide) {
    const std::vector<std::pair<std::string, json::object>> writes{
        {"/v1/certifications", certification_body(noodles)},
        {"/v1/certifications/1/state", {{"state", "SUSPENDED"}, {"reason", "抽检"}}}};
    for (const auto& [target, body] : writes) {
        EXPECT_EQ(host_.call("POST", target, json::serialize(body)).problem(), "token-missing") << target;
        for (const char* role : {"auditor", "operator", "merchant", "admin"}) {
            EXPECT_EQ(post(target, body, role).problem(), "role-missing") << target << ' ' << role;
        }
    }
    EXPECT_EQ(certify(certification_body(noodles), cooperative).problem(), "duties-not-separate");
}

TEST_F(CertificationService, SuspendsACertificationAndTellsEverybody) {
    const auto target = certify(certification_body(noodles)).header("Location");
    const json::object suspend{{"state", "SUSPENDED"}, {"reason", "抽检不合格"}};
    ASSERT_EQ(post(target + "/state", suspend).status, 200);
    EXPECT_FALSE(get(target).json().at("valid_now").as_bool());
    EXPECT_EQ(told().back().state(), "SUSPENDED");
    EXPECT_EQ(told().back().reason(), "抽检不合格");
    EXPECT_GT(told().back().state_since_us(), told().front().state_since_us());
    EXPECT_EQ(post(target + "/state", suspend).problem(), "state-unchanged");
    EXPECT_EQ(post(target + "/state", {{"state", "CERTIFIED"}, {"reason", "复检合格"}}).status, 200);
    EXPECT_TRUE(get(target).json().at("valid_now").as_bool());
    revoke(target);
    EXPECT_EQ(post(target + "/state", suspend).problem(), "certification-ended");
    EXPECT_EQ(get(target).json().at("history").as_array().size(), 4U);
    EXPECT_EQ(told().size(), 4U);
    EXPECT_EQ(get("/v1/certifications/999").problem(), "certification-unknown");
    EXPECT_EQ(post("/v1/certifications/999/state", suspend).problem(), "certification-unknown");
}

TEST_F(CertificationService, RefusesASecondActiveCertificationOfASchemeAndYear) {
    const auto first = certify(certification_body(noodles, "A-1")).header("Location");
    EXPECT_EQ(certify(certification_body(noodles, "A-2")).problem(), "certified-already");
    EXPECT_EQ(certify(certification_body(tea, "A-1")).problem(), "number-taken");
    auto other_year = certification_body(noodles, "A-1", this_year() + 1);
    EXPECT_EQ(certify(other_year).problem(), "number-taken");
    other_year["number"] = "A-0";
    EXPECT_EQ(certify(other_year).status, 201);
    revoke(first);
    EXPECT_EQ(certify(certification_body(noodles, "A-2")).status, 201);
    EXPECT_EQ(get("/v1/certifications?state=REVOKED").json().at("items").as_array().size(), 1U);
    auto backwards = certification_body(tea, "A-9");
    backwards["valid_to"] = json::value{backwards.at("valid_from")};
    EXPECT_EQ(certify(backwards).pointer(), "/valid_to");
}

TEST_F(CertificationService, GivesOneOfManyConcurrentCertifiersTheCertification) {
    std::atomic<int> created = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> certifiers;
    for (int i = 0; i < 8; ++i) {
        certifiers.emplace_back([&, i] {
            const auto answer = certify(certification_body(noodles, "A-" + std::to_string(i)));
            if (answer.status == 201) ++created;
            if (answer.status == 409) ++refused;
        });
    }
    for (auto& certifier : certifiers) certifier.join();
    EXPECT_EQ(created, 1);
    EXPECT_EQ(refused, 7);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM certification"), 1);
    EXPECT_EQ(told().size(), 1U);
}

TEST_F(CertificationService, LetsNoStatementMakeTwoActiveOnes) {
    ASSERT_EQ(certify(certification_body(noodles, "A-1")).status, 201);
    EXPECT_THROW(host_.transact([](database::Session& session) {
        session.run(
            "INSERT INTO certification (product_id, scheme, year, authority, number, valid_from, "
            "valid_to, state, state_since, reason, recorded_at) SELECT product_id, scheme, year, "
            "authority, 'A-2', valid_from, valid_to, 'SUSPENDED', state_since, '', recorded_at FROM "
            "certification");
    }),
                 std::runtime_error);
}

TEST_F(CertificationService, ListsPageByPageWhatIsAskedFor) {
    for (int i = 0; i < 3; ++i) {
        const auto year = this_year() + i % 2;
        const auto product = i < 2 ? noodles : tea;
        ASSERT_EQ(certify(certification_body(product, "A-" + std::to_string(i), year)).status, 201);
    }
    const auto ids = [](const Answer& answer) {
        std::vector<std::int64_t> found;
        const auto page = answer.json();
        for (const auto& item : page.at("items").as_array()) {
            found.push_back(item.at("certification_id").to_number<std::int64_t>());
        }
        return found;
    };
    const auto first = get("/v1/certifications?limit=2");
    EXPECT_EQ(ids(first), (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(first.json().at("items").at(0).at("product_name"), "箬竹面");
    EXPECT_EQ(first.json().at("items").at(0).at("county_code"), "530624");
    const std::string next{first.json().at("next").as_string()};
    EXPECT_EQ(ids(get("/v1/certifications?limit=2&cursor=" + next)), (std::vector<std::int64_t>{3}));
    EXPECT_EQ(ids(get("/v1/certifications?product_id=2")), (std::vector<std::int64_t>{3}));
    EXPECT_EQ(ids(get("/v1/certifications?year=" + std::to_string(this_year() + 1))),
              (std::vector<std::int64_t>{2}));
    EXPECT_EQ(ids(get("/v1/certifications?scheme=BAIXIAN_BAIPIN")), (std::vector<std::int64_t>{}));
    EXPECT_EQ(get("/v1/certifications?scheme=x").status, 422);
    EXPECT_EQ(get("/v1/certifications?state=GOOD").status, 422);
}

TEST_F(CertificationService, SaysWhatWasCertifiedAtAnyMoment) {
    const auto at = [](const char* text) { return *parse_rfc3339(text); };
    const auto year = std::to_string(this_year());
    const auto moment = [&](const char* rest) { return year + rest; };
    host_.clock().hold(at(moment("-03-01T00:00:00Z").c_str()));
    const auto target = certify(certification_body(noodles)).header("Location");
    host_.clock().hold(at(moment("-05-01T00:00:00Z").c_str()));
    ASSERT_EQ(post(target + "/state", {{"state", "SUSPENDED"}, {"reason", "抽检"}}).status, 200);
    host_.clock().hold(at(moment("-06-01T00:00:00Z").c_str()));
    ASSERT_EQ(post(target + "/state", {{"state", "CERTIFIED"}, {"reason", "复检合格"}}).status, 200);
    /// Its state then, and whether it was valid.
    const auto then = [&](const char* rest) -> std::string {
        const auto page = get("/v1/certifications?product_id=1&at=" + moment(rest)).json();
        const auto& items = page.at("items").as_array();
        if (items.empty()) return "none";
        return std::string{items[0].at("state").as_string()} +
               (items[0].at("valid_now").as_bool() ? " valid" : " not valid");
    };
    EXPECT_EQ(then("-02-28T23:59:59.999999Z"), "none") << "whatever its days say, nobody had entered it";
    EXPECT_EQ(then("-03-01T00:00:00Z"), "CERTIFIED valid");
    EXPECT_EQ(then("-04-30T23:59:59.999999Z"), "CERTIFIED valid");
    EXPECT_EQ(then("-05-01T00:00:00Z"), "SUSPENDED not valid");
    EXPECT_EQ(then("-06-01T00:00:00Z"), "CERTIFIED valid");
    EXPECT_EQ(then("-12-31T15:59:59.999999Z"), "CERTIFIED valid");
    EXPECT_EQ(then("-12-31T16:00:00Z"), "EXPIRED not valid") << "its year is over in Shanghai";
    EXPECT_EQ(get("/v1/certifications?state=SUSPENDED&at=" + moment("-05-02T00:00:00Z"))
                  .json()
                  .at("items")
                  .as_array()
                  .size(),
              1U);
    EXPECT_EQ(get("/v1/certifications?at=yesterday").status, 422);
}

TEST_F(CertificationService, CertifiesNothingOfWhatAFactCouldNotBeLearntOf) {
    host_.transact([](database::Session& session) {
        session.run(
            "DELETE FROM known_merchant");  // As when the merchant's fact waits: nobody knows whose goods.
    });
    EXPECT_EQ(certify(certification_body(noodles)).pointer(), "/product_id");
}

/// What a catalog of before tells once.
event::v1::CertificationHandedOver kept(std::uint64_t id, std::uint64_t product, const std::string& code) {
    event::v1::CertificationHandedOver fact;
    fact.set_certification_id(id);
    auto& one = *fact.mutable_certification();
    one.set_certification_id(id);
    one.set_product_id(product);
    one.set_scheme("MINHANG_YOUPIN");
    one.set_year(this_year());
    one.set_authority("闵行区政府合作交流办");
    one.set_number(code);
    one.set_valid_from_day(Date{std::chrono::year{this_year()} / 1 / 1}.time_since_epoch().count());
    one.set_valid_to_day(Date{std::chrono::year{this_year() + 1} / 1 / 1}.time_since_epoch().count());
    one.set_state("SUSPENDED");
    one.set_state_since_us(1'780'000'000'000'000);
    one.set_reason("抽检");
    one.set_recorded_us(1'770'000'000'000'000);
    auto& first = *fact.add_steps();
    first.set_state("CERTIFIED");
    first.set_at_us(1'770'000'000'000'000);
    first.set_by_account(7);
    auto& second = *fact.add_steps();
    second.set_state("SUSPENDED");
    second.set_reason("抽检");
    second.set_at_us(1'780'000'000'000'000);
    return fact;
}

TEST_F(CertificationService, TakesOverWhatTheCatalogKeptAndCertifiesNothingBefore) {
    host_.transact([](database::Session& session) { session.run("DELETE FROM handover"); });
    EXPECT_EQ(certify(certification_body(noodles)).problem(), "handover-open");
    EXPECT_EQ(certify(certification_body(noodles)).status, 503);
    EXPECT_EQ(get("/v1/certifications").problem(), "handover-open")
        << "what is sold must not look uncertified";
    EXPECT_EQ(get("/v1/certifications/40").problem(), "handover-open");

    const auto all = lessons(announce);
    const auto learn = [&](const google::protobuf::MessageLite& fact) {
        host_.transact([&](database::Session& session) {
            all.apply(session, {"catalog", 1, now(), {}}, events::Event::of(fact));
        });
    };
    learn(kept(40, noodles, "M-40"));
    learn(kept(40, noodles, "M-40"));  // Told again, it is not taken twice.
    EXPECT_EQ(told().size(), 1U);
    event::v1::CertificationsHandedOver end;
    end.set_certifications(1);
    end.set_last_certification_id(44);  // One that could not be handed over had it.
    learn(end);
    learn(end);

    const auto shown = get("/v1/certifications/40").json();
    EXPECT_EQ(shown.at("state"), "SUSPENDED");
    EXPECT_EQ(shown.at("history").as_array().size(), 2U);
    EXPECT_EQ(shown.at("history").at(1).at("reason"), "抽检");
    EXPECT_EQ(certify(certification_body(noodles)).problem(), "certified-already");
    const auto next = certify(certification_body(tea));
    EXPECT_EQ(next.header("Location"), "/v1/certifications/45") << "behind those of before";
}

}  // namespace
}  // namespace shanhai::certification
