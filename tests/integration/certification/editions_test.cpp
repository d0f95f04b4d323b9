#include "integration/certification/applications.hpp"

#include "support/handing_in.hpp"
#include "support/pictures.hpp"
#include "support/told_facts.hpp"

#include <atomic>
#include <set>
#include <thread>

namespace shanhai::certification {
namespace {

class Editions : public CertificationService {
protected:
    static json::object wanted(int year = this_year()) {
        return {{"scheme", "MINHANG_YOUPIN"}, {"year", year}};
    }
    Answer freeze(int year = this_year()) { return post("/v1/editions", wanted(year)); }
    /// The address of what must be frozen.
    std::string frozen(int year = this_year()) {
        const auto made = freeze(year);
        if (made.status != 201) throw std::runtime_error{made.body};
        return made.header("Location");
    }
    std::string certified(std::uint64_t product, const char* number, int year = this_year()) {
        const auto made = certify(certification_body(product, number, year));
        if (made.status != 201) throw std::runtime_error{made.body};
        return made.header("Location");
    }
    void suspend(const std::string& target) {
        ASSERT_EQ(post(target + "/state", {{"state", "SUSPENDED"}, {"reason", "抽检不合格"}}).status, 200);
    }
    json::array entries_of(const std::string& edition) {
        return get(edition + "/catalogue.json").json().at("certifications").as_array();
    }
    void describe(std::uint64_t sku, std::uint64_t product, const char* gtin, const char* name, char text) {
        host_.transact(
            [&](database::Session& session) { remember(session, size_of(sku, product, gtin, name, text)); });
    }
    /// Of the outbox, oldest first.
    std::vector<event::v1::EditionPublished> published() {
        return support::told_facts<event::v1::EditionPublished>(host_);
    }
};

TEST_F(Editions, AreTheBytesThatTheirHashIsOf) {
    certified(noodles, "MHYP-0001");
    certified(tea, "MHYP-0002");
    const auto made = freeze();
    ASSERT_EQ(made.status, 201) << made.body;
    const auto target = made.header("Location");
    EXPECT_EQ(made.json().at("number"), 1);
    EXPECT_EQ(made.json().at("certifications"), 2);
    EXPECT_EQ(made.json().at("office"), "闵行区政府合作交流办");
    EXPECT_TRUE(made.json().at("previous_edition_id").is_null());

    const auto catalogue = get(target + "/catalogue.json");
    ASSERT_EQ(catalogue.status, 200);
    const auto hash = security::hex(security::sha256(catalogue.body));
    EXPECT_EQ(made.json().at("sha256"), json::value(hash));
    EXPECT_EQ(get(target).json(), made.json());
    EXPECT_EQ(catalogue.header("ETag"), '"' + hash + '"');
    EXPECT_EQ(catalogue.header("Cache-Control"), "public, max-age=31536000, immutable");
    const auto beginning =
        R"({"certifications":[{"application_id":null,"authority":"闵行区政府合作交流办",)"
        R"("certification_id":1,"county_code":"530624","county_name":"大关县","evidence_sha256":null,)"
        R"("merchant_id":1,"merchant_name":"大关县翠竹专业合作社","number":"MHYP-0001",)"
        R"("product_id":1,"product_name":"箬竹面","snapshot_hash":")" +
        security::hex(std::string(32, 'a')) + '"';
    EXPECT_TRUE(catalogue.body.starts_with(beginning)) << catalogue.body;

    const auto again =
        host_.call("GET", target + "/catalogue.json", {}, {{"If-None-Match", '"' + hash + '"'}});
    EXPECT_EQ(again.status, 304);
    EXPECT_TRUE(again.body.empty());
    const auto list = get("/v1/editions?scheme=MINHANG_YOUPIN&year=" + std::to_string(this_year()));
    EXPECT_EQ(list.json().at("items").at(0), made.json());
    EXPECT_TRUE(get("/v1/editions?scheme=BAIXIAN_BAIPIN").json().at("items").as_array().empty());
}

TEST_F(Editions, AreToldToThoseWhoKeepWhatWasPublished) {
    certified(noodles, "MHYP-0001");
    const auto made = freeze();
    const auto facts = published();
    ASSERT_EQ(facts.size(), 1U);
    EXPECT_EQ(facts[0].edition_id(), 1U);
    EXPECT_EQ(facts[0].scheme(), "MINHANG_YOUPIN");
    EXPECT_EQ(facts[0].year(), this_year());
    EXPECT_EQ(facts[0].number(), 1);
    EXPECT_EQ(facts[0].certifications(), 1U);
    EXPECT_EQ(json::value(security::hex(facts[0].sha256())), made.json().at("sha256"));
    EXPECT_EQ(json::value(rfc3339(instant_of(facts[0].frozen_us()))), made.json().at("frozen_at"));
}

TEST_F(Editions, AreNotFrozenTwiceWhenNothingChanged) {
    EXPECT_EQ(freeze().problem(), "edition-empty") << "there is nothing to say";
    const auto certification = certified(noodles, "MHYP-0001");
    const auto first = frozen();
    EXPECT_EQ(freeze().problem(), "edition-unchanged");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM edition"), 1);
    EXPECT_EQ(published().size(), 1U);
    const auto bytes = get(first + "/catalogue.json").body;
    suspend(certification);
    const auto second = freeze();
    ASSERT_EQ(second.status, 201);
    EXPECT_EQ(second.json().at("number"), 2);
    EXPECT_EQ(second.json().at("certifications"), 0) << "nothing is in force any more";
    EXPECT_EQ(get(first + "/catalogue.json").body, bytes) << "what was published stays as it was";
}

TEST_F(Editions, AreChangedByNobody) {
    certified(noodles, "MHYP-0001");
    (void)frozen();
    EXPECT_THROW(host_.transact([](database::Session& session) {
        session.execute("UPDATE edition SET content = REPLACE(content, 'MHYP-0001', 'MHYP-9999')");
    }),
                 std::runtime_error);
}

TEST_F(Editions, AreComparedWithTheOneBefore) {
    const auto noodle = certified(noodles, "MHYP-0001");
    const auto first = frozen();
    const auto all_new = get(first + "/difference").json();
    EXPECT_TRUE(all_new.at("from_edition_id").is_null());
    EXPECT_EQ(all_new.at("added").as_array().size(), 1U);

    certified(tea, "MHYP-0002");
    describe(1, noodles, "09525306240017", "箬竹笋面", 'b');
    const auto second = get(frozen() + "/difference").json();
    EXPECT_EQ(second.at("from_edition_id"), 1);
    ASSERT_EQ(second.at("added").as_array().size(), 1U);
    EXPECT_EQ(second.at("added").at(0).at("number"), "MHYP-0002");
    ASSERT_EQ(second.at("changed").as_array().size(), 1U);
    EXPECT_EQ(second.at("changed").at(0).at("fields"), json::array({"product_name", "snapshot_hash"}));
    EXPECT_EQ(second.at("changed").at(0).at("before").at("product_name"), "箬竹面");
    EXPECT_EQ(second.at("changed").at(0).at("after").at("product_name"), "箬竹笋面");

    suspend(noodle);
    const auto third = frozen();
    const auto gone = get(third + "/difference").json();
    ASSERT_EQ(gone.at("gone").as_array().size(), 1U);
    EXPECT_EQ(gone.at("gone").at(0).at("product_id"), noodles);
    const auto from_first = get(third + "/difference?from=1").json();
    EXPECT_EQ(from_first.at("from_edition_id"), 1);
    EXPECT_EQ(from_first.at("added").as_array().size(), 1U);
    EXPECT_EQ(from_first.at("gone").as_array().size(), 1U);
}

TEST_F(Editions, KeepWhatMerchantsWereCalledThen) {
    certified(noodles, "MHYP-0001");
    const auto before = frozen();
    const auto bytes = get(before + "/catalogue.json").body;
    host_.transact([](database::Session& session) {
        remember_merchant(session, MerchantId{1}, "大关县筇竹有限公司", OrganisationId{cooperative}, true);
    });
    EXPECT_EQ(get(before + "/catalogue.json").body, bytes);
    const auto changed = get(frozen() + "/difference").json().at("changed").as_array();
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(changed.at(0).at("fields"), json::array({"merchant_name"}));
    EXPECT_EQ(changed.at(0).at("after").at("merchant_name"), "大关县筇竹有限公司");
}

TEST_F(Editions, AreComparedFromYearToYear) {
    certified(noodles, "MHYP-0001");
    const auto next = this_year() + 1;
    certified(noodles, "MHYP-1001", next);
    certified(tea, "MHYP-1002", next);
    EXPECT_EQ(freeze(next).problem(), "edition-empty") << "nothing of next year is in force yet";
    (void)frozen();
    host_.clock().hold(start_of(Date{std::chrono::year{next} / 1 / 2}));
    EXPECT_EQ(freeze().json().at("certifications"), 0) << "what lapsed at midnight is in no edition";
    const auto made = freeze(next);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.json().at("number"), 1);
    EXPECT_EQ(made.json().at("previous_edition_id"), 2);
    const auto changes = get(made.header("Location") + "/difference?from=1").json();
    EXPECT_EQ(changes.at("added").at(0).at("product_id"), tea);
    EXPECT_EQ(changes.at("changed").at(0).at("fields"),
              json::array({"certification_id", "number", "valid_from", "valid_to"}));
}

TEST_F(Editions, AreFrozenByTheOfficeThatDecidesOnly) {
    certified(noodles, "MHYP-0001");
    EXPECT_EQ(host_.call("POST", "/v1/editions", json::serialize(wanted())).problem(), "token-missing");
    for (const char* role : {"auditor", "operator", "merchant", "admin"}) {
        EXPECT_EQ(post("/v1/editions", wanted(), role).problem(), "role-missing") << role;
    }
    for (const auto office : {std::uint64_t{0}, std::uint64_t{99}, office_of_songjiang, office_of_shanghai,
                              office_of_daguan, cooperative}) {
        EXPECT_EQ(post("/v1/editions", wanted(), "certifier", office).problem(), "not-the-authority")
            << office;
    }
    const auto refused = [&](const char* member, const json::value& value) {
        auto body = wanted();
        body[member] = value;
        return post("/v1/editions", body).pointer();
    };
    EXPECT_EQ(refused("scheme", "NO_SUCH_SCHEME"), "/scheme");
    EXPECT_EQ(refused("scheme", "minhang"), "/scheme");
    EXPECT_EQ(refused("year", 2015), "/year");
    EXPECT_EQ(refused("year", "2026"), "/year");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM edition"), 0);
}

TEST_F(Editions, SayNothingThatIsNotKnownForSure) {
    certified(noodles, "MHYP-0001");
    host_.transact([](database::Session& session) { session.execute("DELETE FROM known_merchant"); });
    EXPECT_EQ(freeze().problem(), "product-unsure");
    host_.transact([](database::Session& session) { session.execute("DELETE FROM handover"); });
    EXPECT_EQ(freeze().problem(), "handover-open");
}

TEST_F(Editions, ThatNobodyKnowsAreNotFound) {
    for (const char* rest : {"", "/catalogue.json", "/catalogue.csv", "/catalogue.pdf", "/difference"}) {
        EXPECT_EQ(get(std::string{"/v1/editions/1"} + rest).problem(), "edition-unknown") << rest;
        EXPECT_EQ(get(std::string{"/v1/editions/x"} + rest).problem(), "edition-unknown") << rest;
    }
    certified(noodles, "MHYP-0001");
    const auto target = frozen();
    EXPECT_EQ(get(target + "/difference?from=9").problem(), "validation-failed");
    EXPECT_EQ(get(target + "/difference?from=0").problem(), "validation-failed");
    EXPECT_EQ(get("/v1/editions?year=1").problem(), "validation-failed");
    EXPECT_EQ(get("/v1/editions?yaer=2026").status, 400);
}

TEST_F(Editions, AreATableThatNoSpreadsheetMisreads) {
    describe(2, tea, "06901234567892", "=HYPERLINK(\"http://x\")", 'b');
    certified(tea, "@0001");
    const auto answer = get(frozen() + "/catalogue.csv");
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.content_type, "text/csv; charset=utf-8; header=present");
    EXPECT_EQ(answer.header("Content-Disposition"),
              "attachment; filename=\"MINHANG_YOUPIN-" + std::to_string(this_year()) + "-1.csv\"");
    EXPECT_TRUE(answer.body.starts_with("\xEF\xBB\xBF\"认定办法\",\"办法代码\",\"年度\",\"版次\","))
        << answer.body;
    EXPECT_NE(answer.body.find(R"~("'=HYPERLINK(""http://x"")")~"), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find(R"("'@0001")"), std::string::npos);
    EXPECT_NE(answer.body.find(std::to_string(this_year()) + "-12-31\""), std::string::npos)
        << "the last day";
    EXPECT_TRUE(answer.body.ends_with("\"\r\n"));
    EXPECT_EQ(std::ranges::count(answer.body, '\n'), 2);
    EXPECT_EQ(
        host_.call("GET", "/v1/editions/1/catalogue.csv", {}, {{"If-None-Match", answer.header("ETag")}})
            .status,
        304);
}

TEST_F(Editions, ArePrintedAlikeEachTime) {
    certified(noodles, "MHYP-0001");
    const auto target = frozen() + "/catalogue.pdf";
    const auto answer = get(target);
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.content_type, "application/pdf");
    EXPECT_TRUE(answer.body.starts_with("%PDF-1."));
    EXPECT_NE(answer.body.find("%%EOF"), std::string::npos);
    EXPECT_EQ(get(target).body, answer.body);
    EXPECT_EQ(get(target).header("ETag"), answer.header("ETag"));
    EXPECT_EQ(host_.call("GET", target, {}, {{"If-None-Match", answer.header("ETag")}}).status, 304);
}

TEST_F(Editions, AreReadWithoutPagesWhenNothingDrawsThem) {
    certified(noodles, "MHYP-0001");
    const auto target = frozen();
    host_.stop();
    host_.settings().programs = "/nowhere";
    host_.run(make_service);
    EXPECT_EQ(get(target + "/catalogue.pdf").problem(), "typesetter-unavailable");
    EXPECT_EQ(get(target + "/catalogue.pdf").status, 503);
    EXPECT_EQ(get(target + "/catalogue.csv").status, 200);
}

TEST_F(Editions, AreNamedWhereACertificationIsShown) {
    const auto before = rfc3339(host_.clock().now());
    const auto target = certified(noodles, "MHYP-0001");
    EXPECT_TRUE(get(target).json().at("editions").as_array().empty());
    EXPECT_TRUE(get(target).json().at("basis").is_null()) << "it was entered without an application";
    (void)frozen();
    certified(tea, "MHYP-0002");
    (void)frozen();
    const auto numbers = [](const json::value& certification) {
        std::vector<std::int64_t> found;
        for (const auto& one : certification.at("editions").as_array()) {
            found.push_back(one.at("number").to_number<std::int64_t>());
        }
        return found;
    };
    EXPECT_EQ(numbers(get(target).json()), (std::vector<std::int64_t>{1, 2}));
    const auto then = rfc3339(host_.clock().now());
    const auto list = get("/v1/certifications?product_id=2&at=" + then).json();
    EXPECT_EQ(numbers(list.at("items").at(0)), std::vector<std::int64_t>{2});
    EXPECT_TRUE(get("/v1/certifications?at=" + before).json().at("items").as_array().empty());
}

/// What was decided on an application, on which papers.
TEST_F(Applications, AreNamedInTheEditionWithTheHashOfTheirPapers) {
    const auto pdf = support::pdf(1000);
    const auto stored =
        must(support::hand_in(host_, "/v1/evidence", pdf, "application/pdf", cooperative), 200);
    const auto target = draft();
    auto body = text_of();
    const json::object paper{{"kind", "LINKAGE_CONTRACT"},
                             {"file_id", stored.json().at("id")},
                             {"number", "HT-1"},
                             {"issued_on", "2026-06-01"},
                             {"valid_until", nullptr}};
    body["evidence"] = json::array{paper};
    must(put(target, body, show(target, cooperative, "merchant").header("ETag"), "merchant", cooperative),
         200);
    must(step(target, "SUBMIT", cooperative), 200);
    must(step(target, "RECOMMEND", office_of_daguan), 200);
    must(step(target, "BEGIN_REVIEW", office_of_minhang), 200);
    must(step(target, "PUBLISH_NOTICE", office_of_minhang), 200);
    host_.clock().hold(*parse_rfc3339("2026-12-20T02:00:00Z"));
    must(certify_application(target), 200);
    host_.clock().hold(*parse_rfc3339("2027-01-04T02:00:00Z"));
    const auto made = must(post("/v1/editions", {{"scheme", "MINHANG_YOUPIN"}, {"year", 2027}}), 201);
    const auto catalogue = get(made.header("Location") + "/catalogue.json").json();
    const auto& entry = catalogue.at("certifications").at(0);
    EXPECT_EQ(entry.at("application_id"), 1);
    const auto papers = R"({"evidence":[{"issued_on":"2026-06-01","kind":"LINKAGE_CONTRACT","number":"HT-1",)"
                        R"("sha256":")" +
                        security::hex(security::sha256(pdf)) + R"(","valid_until":null}]})";
    EXPECT_EQ(entry.at("evidence_sha256"), json::value(security::hex(security::sha256(papers))));

    const auto certification = std::to_string(entry.at("certification_id").as_int64());
    const auto basis = get("/v1/certifications/" + certification).json().at("basis");
    EXPECT_EQ(basis.at("evidence_sha256"), entry.at("evidence_sha256")) << "anybody may compare them";
    EXPECT_EQ(basis.at("linkage"), text_of().at("linkage"));
    EXPECT_EQ(basis.at("evidence").at(0).at("number"), "HT-1");
    EXPECT_FALSE(basis.at("evidence").at(0).as_object().contains("file_id"));
}

/// Whatever is decided while a catalogue is frozen, the edition says what was so at its moment.
TEST_F(Editions, SayWhatWasSoAtTheirMoment) {
    const auto target = certified(noodles, "MHYP-0001");
    certified(tea, "MHYP-0002");
    std::atomic<bool> done = false;
    std::thread office{[&] {
        for (int turn = 0; turn < 30; ++turn) {
            const auto* state = turn % 2 == 0 ? "SUSPENDED" : "CERTIFIED";
            EXPECT_EQ(post(target + "/state", {{"state", state}, {"reason", "抽检"}}).status, 200);
        }
        done = true;
    }};
    std::vector<std::string> editions;
    while (!done) {
        const auto made = freeze();
        if (made.status == 201) editions.push_back(made.header("Location"));
    }
    office.join();
    ASSERT_FALSE(editions.empty());
    for (const auto& edition : editions) {
        std::set<std::int64_t> named;
        for (const auto& one : entries_of(edition))
            named.insert(one.at("certification_id").to_number<std::int64_t>());
        std::set<std::int64_t> valid;
        const auto at = get(edition).json().at("frozen_at").as_string();
        const auto then = get("/v1/certifications?at=" + std::string{at}).json();
        for (const auto& one : then.at("items").as_array()) {
            if (one.at("valid_now").as_bool())
                valid.insert(one.at("certification_id").to_number<std::int64_t>());
        }
        EXPECT_EQ(named, valid) << edition;
    }
}

}  // namespace
}  // namespace shanhai::certification
