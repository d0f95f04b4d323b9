#include "integration/certification/applications.hpp"

#include "support/handing_in.hpp"
#include "support/pictures.hpp"

namespace shanhai::certification {
namespace {

/// What somebody without an account hands in with an objection.
class ObjectionPapersTest : public Applications {
protected:
    using Headers = std::vector<std::pair<std::string, std::string>>;

    static std::string key_of(char letter) { return security::base64url(std::string(32, letter)); }
    Headers with(const std::string& key) const { return {{"Upload-Access-Token", key}}; }

    Answer begin(const std::string& bytes, const std::string& key, const char* type = "application/pdf") {
        return host_.call("POST", papers_, json::serialize(support::announcement_of(bytes, type)), with(key));
    }
    Answer append(const std::string& target, std::uint64_t offset, const std::string& bytes,
                  const std::string& key) {
        return host_.call("PATCH", target, bytes,
                          {{"Upload-Access-Token", key},
                           {"Content-Type", "application/partial-upload"},
                           {"Upload-Offset", std::to_string(offset)}});
    }
    /// Small enough for one piece.
    Answer hand_in(const std::string& bytes, const std::string& key, const char* type = "application/pdf") {
        const auto begun = must(begin(bytes, key, type), 201);
        return must(append(begun.header("Location"), 0, bytes, key), 200);
    }
    static std::string sha256_of(const std::string& bytes) { return security::hex(security::sha256(bytes)); }
    Answer object(const json::array& files, const std::string& key, const char* text = "原料不是本县的") {
        const json::object body{{"text", text}, {"files", files}};
        return host_.call("POST", "/v1/notices/1/objections", json::serialize(body), with(key));
    }
    json::array papers_seen_by(const std::string& role, std::uint64_t house) {
        const auto shown = must(show("/v1/applications/1", house, role), 200).json();
        return shown.at("objections").at(0).at("papers").as_array();
    }
    Answer read(const std::string& href, const std::string& role, std::uint64_t house) {
        return host_.call("GET", href, {}, {{"Authorization", host_.bearer(role, house)}});
    }
    void three_hours_later(std::chrono::minutes more) {
        host_.clock().hold(host_.clock().now() + std::chrono::hours{3} + more);
        host_.stop();  // What runs once an hour runs a last time, too.
        host_.run(make_service);
    }

    const std::string papers_ = "/v1/objection-papers";
    const std::string pdf_ = support::pdf(900);
    const std::string mine_ = key_of('m');
};

TEST_F(ObjectionPapersTest, AreReadByWhoMayAnswerAndCountedForAll) {
    published();
    const auto stored = hand_in(pdf_, mine_).json();
    EXPECT_EQ(stored.at("state"), "STORED");
    EXPECT_TRUE(stored.at("forms").as_array().empty()) << "who hands it in reads nothing back";
    const auto picture = support::with_exif(support::png(900, 500));
    hand_in(picture, mine_, "image/png");
    const auto made = must(object({sha256_of(picture), sha256_of(pdf_)}, mine_), 201).json();
    EXPECT_EQ(made.at("paper_count"), 2);
    EXPECT_FALSE(made.as_object().contains("papers"));

    const auto seen = papers_seen_by("certifier", office_of_minhang);
    ASSERT_EQ(seen.size(), 2);
    EXPECT_EQ(seen.at(0).at("media_type"), "image/png") << "in the order in which they were named";
    EXPECT_EQ(papers_seen_by("auditor", 0).size(), 2);
    const std::string href{seen.at(1).at("forms").at(0).at("href").as_string()};
    const auto content = must(read(href, "certifier", office_of_minhang), 200);
    EXPECT_EQ(content.body, pdf_);
    EXPECT_EQ(content.header("Cache-Control"), "private, no-cache");
    EXPECT_EQ(read(href, "auditor", 0).status, 200);
    for (const auto& form : seen.at(0).at("forms").as_array()) {
        const std::string of_picture{form.at("href").as_string()};
        const auto shown = must(read(of_picture, "auditor", 0), 200);
        EXPECT_EQ(shown.body.find(support::exif_secret), std::string::npos) << of_picture;
    }

    for (const auto office : {office_of_daguan, office_of_shanghai}) {
        EXPECT_EQ(read(href, "certifier", office).problem(), "file-unknown") << office;
    }
    EXPECT_TRUE(papers_seen_by("certifier", office_of_daguan).empty())
        << "it recommended, and does not answer";
    EXPECT_TRUE(papers_seen_by("merchant", cooperative).empty());
    EXPECT_TRUE(papers_seen_by("operator", 0).empty());
    EXPECT_EQ(read(href, "operator", 0).problem(), "role-missing");
    EXPECT_EQ(read(href, "merchant", cooperative).problem(), "role-missing");
    EXPECT_EQ(get(href).status, 401);
    const auto number = std::to_string(seen.at(1).at("id").to_number<std::uint64_t>());
    EXPECT_EQ(read("/v1/evidence/" + number + "/original", "certifier", office_of_minhang).problem(),
              "file-unknown")
        << "it is no paper of the application";
    EXPECT_EQ(host_.call("GET", papers_ + '/' + number, {}, with(mine_)).problem(), "file-unknown")
        << "the key opens it no more";

    must(post("/v1/objections/1/answer", {{"answer", "已核查"}}), 200);
    const auto public_one = get("/v1/notices/1/objections").json().at("items").at(0);
    EXPECT_EQ(public_one.at("paper_count"), 2);
    EXPECT_FALSE(public_one.as_object().contains("papers"));
}

TEST_F(ObjectionPapersTest, GoOnWhereTheTelephoneLostTheNetwork) {
    const auto large = support::pdf(files::piece_max + 1000);
    const auto target = must(begin(large, mine_), 201).header("Location");
    must(append(target, 0, large.substr(0, files::piece_max), mine_), 200);
    const auto again = must(begin(large, mine_), 200);
    EXPECT_EQ(again.header("Location"), target) << "the page was closed meanwhile";
    EXPECT_EQ(again.header("Upload-Offset"), std::to_string(files::piece_max));
    EXPECT_EQ(must(begin(large, key_of('o')), 201).json().at("received_bytes"), 0)
        << "another's is another file";
    const auto last = append(target, files::piece_max, large.substr(files::piece_max), mine_);
    EXPECT_EQ(last.json().at("state"), "STORED") << last.body;
    EXPECT_EQ(must(begin(large, mine_), 200).json().at("state"), "STORED");
}

TEST_F(ObjectionPapersTest, BelongToOneObjectionAndToWhoeverHoldsTheKey) {
    published();
    hand_in(pdf_, mine_);
    const auto other = support::pdf(901);
    const auto coming = support::pdf(902);
    hand_in(other, key_of('o'));
    must(begin(coming, mine_), 201);
    const auto pointer_of = [&](const json::array& files) { return object(files, mine_).pointer(); };
    EXPECT_EQ(pointer_of({sha256_of(pdf_), sha256_of("nothing")}), "/files/1");
    EXPECT_EQ(pointer_of({sha256_of(pdf_), sha256_of(other)}), "/files/1") << "another key's";
    EXPECT_EQ(pointer_of({sha256_of(coming)}), "/files/0") << "not handed in to its end";
    EXPECT_EQ(pointer_of({sha256_of(pdf_), sha256_of(pdf_)}), "/files/1") << "twice";
    EXPECT_EQ(pointer_of({"xyz"}), "/files/0");
    EXPECT_EQ(pointer_of(json::array(4, json::value(sha256_of(pdf_)))), "/files");
    EXPECT_EQ(object({sha256_of(pdf_)}, "").problem(), "upload-token-malformed");
    EXPECT_EQ(object({sha256_of(pdf_)}, key_of('x')).pointer(), "/files/0");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM objection"), 0) << "nothing is kept of what is refused";
    must(object({sha256_of(pdf_)}, mine_), 201);
    const auto more = [&] { return object({sha256_of(pdf_)}, mine_, "包装上也写错了"); };
    EXPECT_EQ(more().pointer(), "/files/0") << "it belongs to the other one";
    hand_in(pdf_, mine_);
    EXPECT_EQ(more().status, 201) << "the same content, handed in anew";
}

TEST_F(ObjectionPapersTest, ComeOnceWhenTheAnswerWasLost) {
    published();
    const auto other = support::pdf(901);
    hand_in(pdf_, mine_);
    hand_in(other, mine_);
    const json::array both{sha256_of(other), sha256_of(pdf_)};
    const auto first = must(object(both, mine_), 201);
    EXPECT_EQ(must(object(both, mine_), 200).body, first.body);
    const auto second = must(object({}, mine_), 201);
    EXPECT_EQ(must(object({}, mine_), 200).body, second.body);
    EXPECT_EQ(object({}, key_of('o')).status, 201) << "somebody else says the same";
    EXPECT_EQ(object({sha256_of(other)}, mine_).pointer(), "/files/0") << "with other papers it is another";
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM objection"), 3);
    host_.clock().hold(host_.clock().now() + std::chrono::hours{24 * 30});
    EXPECT_EQ(object(both, mine_).status, 200) << "it was taken while the notice ran";
    EXPECT_EQ(object({}, key_of('x')).problem(), "notice-unknown");
}

TEST_F(ObjectionPapersTest, EndWhereAnApplicationHasSoMany) {
    published();
    hand_in(pdf_, mine_);
    must(object({sha256_of(pdf_)}, mine_), 201);
    host_.transact([](database::Session& session) {
        session.execute("UPDATE file SET kept_bytes = ?", NewObjection::paper_bytes_max - 901);
    });
    for (const std::size_t length : {901U, 902U}) hand_in(support::pdf(length), key_of('o'));
    EXPECT_EQ(object({sha256_of(support::pdf(902))}, key_of('o')).problem(), "objection-papers-full");
    EXPECT_EQ(object({}, key_of('o')).status, 201) << "without papers";
    EXPECT_EQ(object({sha256_of(support::pdf(901))}, key_of('o')).status, 201);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM objection_paper"), 2);
}

TEST_F(ObjectionPapersTest, AreRefusedBeforeTheyCome) {
    EXPECT_EQ(begin(pdf_, "").problem(), "upload-token-malformed");
    EXPECT_EQ(begin(pdf_, "c2hvcnQ").problem(), "upload-token-malformed");
    EXPECT_EQ(begin(pdf_, std::string(43, '*')).problem(), "upload-token-malformed");
    auto said = support::announcement_of(pdf_, "application/pdf");
    const auto announced = [&](const char* member, const json::value& value) {
        said[member] = value;
        return host_.call("POST", papers_, json::serialize(said), with(mine_)).pointer();
    };
    EXPECT_EQ(announced("size_bytes", files::stranger_size_max + 1), "/size_bytes");
    said["size_bytes"] = pdf_.size();
    EXPECT_EQ(announced("media_type", "image/gif"), "/media_type");
    const auto target = must(begin(pdf_, mine_), 201).header("Location");
    EXPECT_EQ(append(target, 0, pdf_, key_of('o')).problem(), "file-unknown");
    EXPECT_EQ(host_.call("GET", target, {}, with(key_of('o'))).problem(), "file-unknown");
    EXPECT_EQ(host_.call("GET", target).problem(), "upload-token-malformed");
    EXPECT_EQ(read("/v1/evidence/1", "merchant", cooperative).problem(), "file-unknown");
    const auto page = must(begin("<html>", mine_), 201).header("Location");
    EXPECT_EQ(append(page, 0, "<html>", mine_).json().at("refusal").at("code"), "not-what-it-says");
}

TEST_F(ObjectionPapersTest, AreNotTakenWithoutEnd) {
    for (std::int64_t i = 0; i < files::held_max; ++i) {
        must(begin(support::pdf(1000 + static_cast<std::size_t>(i)), mine_), 201);
    }
    EXPECT_EQ(begin(pdf_, mine_).problem(), "uploads-open");
    const auto coming = must(begin(pdf_, key_of('c')), 201).header("Location");
    host_.transact([](database::Session& session) {
        session.execute("UPDATE file SET size_bytes = ?, kept_bytes = ?", files::held_bytes_max,
                        files::held_bytes_max);
    });
    EXPECT_EQ(begin(support::pdf(901), key_of('a')).status, 201) << "what is only announced takes no room";
    host_.transact([](database::Session& session) {
        session.execute("UPDATE file SET received_bytes = ? WHERE file_id = 1", files::held_bytes_max - 899);
    });
    EXPECT_EQ(append(coming, 0, pdf_, key_of('c')).problem(), "strangers-storage-full");
    const auto full = begin(pdf_, key_of('o'));
    EXPECT_EQ(full.status, 503);
    EXPECT_EQ(full.problem(), "strangers-storage-full");
    EXPECT_FALSE(full.header("Retry-After").empty());
    EXPECT_EQ(by_merchant("/v1/evidence", support::announcement_of(pdf_, "application/pdf")).status, 201)
        << "houses are not held up by strangers";
    host_.transact([](database::Session& session) {
        session.execute("UPDATE file SET holder = NULL WHERE file_id = 1");
    });
    EXPECT_EQ(begin(pdf_, key_of('o')).status, 201) << "what belongs to something counts no more";
}

TEST_F(ObjectionPapersTest, AreForgottenAfterThreeHoursUnlessAnObjectionHasThem) {
    published();
    const auto attached = support::pdf(901);
    const auto shared = support::pdf(902);
    hand_in(pdf_, mine_);
    hand_in(attached, mine_);
    hand_in(shared, mine_);
    must(begin(support::pdf(903), key_of('o')), 201);
    must(support::hand_in(host_, "/v1/evidence", shared, "application/pdf", cooperative), 200);
    must(object({sha256_of(attached)}, mine_), 201);
    host_.clock().hold(host_.clock().now() - std::chrono::minutes{2});
    three_hours_later(std::chrono::minutes{1});
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM file"), 5) << "a minute is left";
    must(begin(shared, mine_), 200);
    three_hours_later(std::chrono::minutes{-1});
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM file WHERE holder IS NOT NULL"), 1)
        << "what was announced again is kept anew";
    three_hours_later(std::chrono::minutes{1});
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM file WHERE holder IS NOT NULL"), 0);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM file"), 2);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM content"), 2) << "the cooperative's has the same content";
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM content_piece"), 2);
    const auto seen = papers_seen_by("certifier", office_of_minhang);
    const std::string href{seen.at(0).at("forms").at(0).at("href").as_string()};
    EXPECT_EQ(read(href, "certifier", office_of_minhang).body, attached);
    must(hand_in(pdf_, mine_), 200);
    EXPECT_EQ(object({sha256_of(pdf_)}, mine_).status, 201) << "what was forgotten may come again";
}

}  // namespace
}  // namespace shanhai::certification
