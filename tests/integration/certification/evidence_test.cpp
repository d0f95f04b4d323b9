#include "integration/certification/applications.hpp"

#include "support/handing_in.hpp"
#include "support/pictures.hpp"

#include <future>

namespace shanhai::certification {
namespace {

using support::announcement_of;

constexpr std::uint64_t piece = files::piece_max;

/// Papers that a cooperative hands in.
class EvidenceTest : public Applications {
protected:
    Answer begin(const std::string& bytes, const char* type = "application/pdf") {
        return by_merchant("/v1/evidence", announcement_of(bytes, type));
    }
    Answer append(const std::string& target, std::uint64_t offset, const std::string& bytes,
                  std::uint64_t house = cooperative) {
        return support::append_piece(host_, target, offset, bytes, house);
    }
    Answer hand_in(const std::string& bytes, const char* type = "application/pdf") {
        return support::hand_in(host_, "/v1/evidence", bytes, type, cooperative);
    }
    static std::uint64_t id_of(const Answer& answer) {
        return answer.json().at("id").to_number<std::uint64_t>();
    }
    static std::string refusal_of(const Answer& answer) {
        return std::string{answer.json().at("refusal").at("code").as_string()};
    }
    static std::string full_href(const Answer& stored) {
        const auto body = stored.json();
        for (const auto& form : body.at("forms").as_array()) {
            if (form.at("form") == "full.jpg") return std::string{form.at("href").as_string()};
        }
        return {};
    }
    Answer read(const std::string& target, const std::string& role, std::uint64_t house) {
        return host_.call("GET", target, {}, {{"Authorization", host_.bearer(role, house)}});
    }
    static json::object paper(const char* kind, std::uint64_t file) {
        return {{"kind", kind},
                {"file_id", file},
                {"number", nullptr},
                {"issued_on", "2026-06-01"},
                {"valid_until", nullptr}};
    }
    Answer edit(const std::string& target, const json::array& papers) {
        auto body = text_of();
        body["evidence"] = papers;
        return put(target, body, show(target, cooperative, "merchant").header("ETag"), "merchant",
                   cooperative);
    }
    std::int64_t rows_of(const std::string& table) {
        std::int64_t count = 0;
        host_.transact([&](database::Session& session) {
            auto rows = session.query("SELECT COUNT(*) FROM " + table);
            rows.next();
            count = rows.integer(0);
        });
        return count;
    }

    /// Of three pieces, the last one short.
    const std::string pdf_ = support::pdf(2 * piece + 1000);
};

TEST_F(EvidenceTest, ComesInPiecesAndIsReadAsItWas) {
    const auto begun = must(begin(pdf_), 201);
    EXPECT_EQ(begun.json().at("state"), "RECEIVING");
    EXPECT_EQ(begun.json().at("piece_bytes_max"), piece);
    const auto target = begun.header("Location");
    const auto first = must(append(target, 0, pdf_.substr(0, piece)), 200);
    EXPECT_EQ(first.header("Upload-Offset"), std::to_string(piece));
    EXPECT_EQ(first.json().at("forms").as_array().size(), 0);
    must(append(target, piece, pdf_.substr(piece, piece)), 200);
    const auto last = must(append(target, 2 * piece, pdf_.substr(2 * piece)), 200);
    EXPECT_EQ(last.json().at("state"), "STORED") << last.body;
    const auto href = std::string{last.json().at("forms").at(0).at("href").as_string()};
    const auto content = read(href, "merchant", cooperative);
    EXPECT_EQ(content.body, pdf_);
    EXPECT_EQ(content.content_type, "application/pdf");
    EXPECT_EQ(content.header("Cache-Control"), "private, no-cache");
    EXPECT_EQ(content.header("Content-Security-Policy"), "default-src 'none'; sandbox");
    EXPECT_EQ(rows_of("file_piece"), 0);
}

TEST_F(EvidenceTest, GoesOnWhereABadNetworkBrokeOff) {
    const auto target = must(begin(pdf_), 201).header("Location");
    must(append(target, 0, pdf_.substr(0, piece)), 200);
    const auto again = append(target, 0, pdf_.substr(0, piece));
    EXPECT_EQ(again.problem(), "upload-offset-mismatch") << "the answer was lost, not the piece";
    const auto state = must(read(target, "merchant", cooperative), 200);
    EXPECT_EQ(state.header("Upload-Offset"), std::to_string(piece));
    must(append(target, piece, pdf_.substr(piece, piece)), 200);
    must(append(target, 2 * piece, pdf_.substr(2 * piece)), 200);
    const auto asked = must(append(target, pdf_.size(), ""), 200);
    EXPECT_EQ(asked.json().at("state"), "STORED") << "an empty piece asks what became of it";
    EXPECT_EQ(append(target, pdf_.size(), "x").problem(), "upload-complete");
}

TEST_F(EvidenceTest, GoesOnWithWhatWasBegunWhenItIsAnnouncedAgain) {
    const auto target = must(begin(pdf_), 201).header("Location");
    must(append(target, 0, pdf_.substr(0, piece)), 200);
    const auto again = must(begin(pdf_), 200);
    EXPECT_EQ(again.header("Location"), target) << "the page was closed meanwhile";
    EXPECT_EQ(again.header("Upload-Offset"), std::to_string(piece));
    EXPECT_EQ(begin(pdf_.substr(1)).status, 201) << "another content is another file";
    EXPECT_EQ(rows_of("file"), 2);
}

TEST_F(EvidenceTest, CountsWhatIsKeptAndNotWhatWasSent) {
    const auto body = hand_in(support::png(900, 500), "image/png").json();
    std::int64_t kept = 0;
    for (const auto& form : body.at("forms").as_array())
        kept += form.at("size_bytes").to_number<std::int64_t>();
    EXPECT_EQ(host_.number("SELECT kept_bytes FROM file"), kept);
    EXPECT_EQ(refusal_of(hand_in("<html>", "application/pdf")), "not-what-it-says");
    EXPECT_EQ(host_.number("SELECT SUM(kept_bytes) FROM file"), kept) << "nothing is kept of what is refused";
}

TEST_F(EvidenceTest, OfOneHouseIsCountedOneAfterTheOther) {
    for (std::int64_t i = 1; i < files::receiving_max; ++i) {
        must(begin(support::pdf(900 + static_cast<std::size_t>(i))), 201);
    }
    std::vector<std::future<Answer>> answers;
    for (std::size_t i = 0; i < 4; ++i) {
        answers.push_back(
            std::async(std::launch::async, [this, i] { return begin(support::pdf(2000 + i)); }));
    }
    int taken = 0;
    for (auto& one : answers) taken += one.get().status == 201 ? 1 : 0;
    EXPECT_EQ(taken, 1);
}

TEST_F(EvidenceTest, TakesNoPieceThatIsNotTheNext) {
    const auto target = must(begin(pdf_), 201).header("Location");
    EXPECT_EQ(append(target, 5, "x").problem(), "upload-offset-mismatch");
    EXPECT_EQ(append(target, 0, std::string(piece + 1, 'x')).problem(), "piece-too-large");
    const auto small = must(begin("%PDF-1.4 %%EOF"), 201).header("Location");
    EXPECT_EQ(append(small, 0, "%PDF-1.4 %%EOF and more").problem(), "upload-too-long");
    EXPECT_EQ(append("/v1/evidence/999", 0, "x").problem(), "file-unknown");
    EXPECT_EQ(append(target, 0, "x", cooperative + 1).problem(), "file-unknown") << "another house's";
    const auto bearer = host_.bearer("merchant", cooperative);
    EXPECT_EQ(host_.call("PATCH", target, "x", {{"Authorization", bearer}, {"Upload-Offset", "0"}}).problem(),
              "unsupported-media-type");
    for (const char* offset : {"", "-1", "0x0", "1.0"}) {
        EXPECT_EQ(host_
                      .call("PATCH", target, "x",
                            {{"Authorization", bearer},
                             {"Content-Type", "application/partial-upload"},
                             {"Upload-Offset", offset}})
                      .problem(),
                  "upload-offset-missing")
            << offset;
    }
}

TEST_F(EvidenceTest, RefusesWhatIsNotWhatItSays) {
    const auto picture = support::png(40, 30);
    EXPECT_EQ(refusal_of(hand_in(picture, "image/jpeg")), "not-what-it-says");
    EXPECT_EQ(refusal_of(hand_in(support::pdf(900), "image/jpeg")), "not-what-it-says") << "a PDF named .jpg";
    EXPECT_EQ(refusal_of(hand_in("<html>", "application/pdf")), "not-what-it-says");
    EXPECT_EQ(refusal_of(hand_in(picture.substr(0, picture.size() / 2), "image/png")), "not-readable");
    EXPECT_EQ(refusal_of(hand_in(support::png_head(20'000, 10'000), "image/png")), "too-many-pixels");
    const auto photograph =
        read(full_href(hand_in(support::png(600, 400), "image/png")), "merchant", cooperative).body;
    EXPECT_EQ(refusal_of(hand_in(photograph.substr(0, photograph.size() / 2), "image/jpeg")), "not-readable");
    EXPECT_EQ(rows_of("content"), 5) << "of the picture that was whole";
    auto wrong = announcement_of(pdf_.substr(0, 100), "application/pdf");
    wrong["sha256"] = std::string(64, '0');
    const auto target = must(by_merchant("/v1/evidence", wrong), 201).header("Location");
    EXPECT_EQ(refusal_of(append(target, 0, pdf_.substr(0, 100))), "digest-differs");
    EXPECT_EQ(rows_of("content"), 5);
    EXPECT_EQ(rows_of("file_piece"), 0);
}

TEST_F(EvidenceTest, RefusesWhatIsNotTakenBeforeItComes) {
    const auto with = [&](const char* member, const json::value& value) {
        auto said = announcement_of(pdf_, "application/pdf");
        said[member] = value;
        return by_merchant("/v1/evidence", said).pointer();
    };
    EXPECT_EQ(with("size_bytes", 40 * 1024 * 1024), "/size_bytes");
    EXPECT_EQ(with("size_bytes", 0), "/size_bytes");
    EXPECT_EQ(with("media_type", "image/svg+xml"), "/media_type");
    EXPECT_EQ(with("sha256", "abc"), "/sha256");
    EXPECT_EQ(with("name", ""), "/name");
    EXPECT_EQ(post("/v1/evidence", announcement_of(pdf_, "application/pdf")).problem(), "role-missing");
}

TEST_F(EvidenceTest, KeepsAPictureInTheSizesOfPagesWithoutWhatElseWasInIt) {
    const auto stored = hand_in(support::with_exif(support::png(900, 500)), "image/png");
    ASSERT_EQ(stored.status, 200) << stored.body;
    const auto body = stored.json();
    ASSERT_EQ(body.at("state"), "STORED") << stored.body;
    std::vector<std::string> forms;
    for (const auto& form : body.at("forms").as_array()) {
        forms.emplace_back(form.at("form").as_string());
        const auto bytes = read(std::string{form.at("href").as_string()}, "merchant", cooperative);
        EXPECT_EQ(bytes.body.size(), form.at("size_bytes").to_number<std::size_t>());
        EXPECT_EQ(bytes.content_type, std::string{form.at("media_type").as_string()});
        EXPECT_EQ(bytes.body.find(support::exif_secret), std::string::npos);
        EXPECT_LE(form.at("width").to_number<int>(), 900) << "nothing is made larger than it came";
    }
    EXPECT_EQ(forms, (std::vector<std::string>{"1600.webp", "full.jpg", "800.jpg", "800.webp", "400.webp"}));
}

TEST_F(EvidenceTest, IsKeptOncePerContent) {
    const auto first = hand_in(pdf_);
    const auto again = must(begin(pdf_), 200);
    EXPECT_EQ(again.json(), first.json()) << "the same house has handed it in already";
    const auto other =
        must(post("/v1/evidence", announcement_of(pdf_, "application/pdf"), "merchant", 77), 201);
    EXPECT_EQ(other.json().at("state"), "RECEIVING") << "knowing a digest is not having the file";
    const auto target = other.header("Location");
    for (std::size_t at = 0; at < pdf_.size(); at += piece) {
        must(append(target, at, pdf_.substr(at, piece), 77), 200);
    }
    EXPECT_EQ(rows_of("content"), 1);
    EXPECT_EQ(rows_of("file"), 2);
}

TEST_F(EvidenceTest, IsSettledOnceWhenTwoAskForItsEnd) {
    const auto small = support::pdf(900);
    const auto target = must(begin(small), 201).header("Location");
    std::vector<std::future<Answer>> answers;
    for (int i = 0; i < 4; ++i) {
        answers.push_back(std::async(std::launch::async, [&] { return append(target, 0, small); }));
    }
    int taken = 0;
    for (auto& one : answers) taken += one.get().status == 200 ? 1 : 0;
    EXPECT_EQ(taken, 1) << "the others come too late for byte 0";
    EXPECT_EQ(must(append(target, small.size(), ""), 200).json().at("state"), "STORED");
    EXPECT_EQ(rows_of("content"), 1);
}

TEST_F(EvidenceTest, GoesWithTheApplicationAndIsReadByWhomItConcerns) {
    const auto file = id_of(hand_in(pdf_));
    const auto href = "/v1/evidence/" + std::to_string(file) + "/original";
    const auto target = draft();
    const auto edited = edit(target, {paper("TEST_REPORT", file)});
    ASSERT_EQ(edited.status, 200) << edited.body;
    const auto shown = edited.json().at("evidence").at(0);
    EXPECT_EQ(shown.at("kind"), "TEST_REPORT");
    EXPECT_EQ(shown.at("file").at("sha256").as_string(), security::hex(security::sha256(pdf_)));
    EXPECT_EQ(read(href, "certifier", office_of_minhang).status, 404) << "nothing was submitted yet";
    must(step(target, "SUBMIT", cooperative), 200);
    for (const auto office : {office_of_minhang, office_of_daguan}) {
        EXPECT_EQ(read(href, "certifier", office).body, pdf_) << office;
    }
    EXPECT_EQ(read(href, "auditor", 0).status, 200);
    EXPECT_EQ(read(href, "certifier", office_of_songjiang).problem(), "file-unknown");
    EXPECT_EQ(read(href, "merchant", cooperative + 1).problem(), "file-unknown");
    EXPECT_EQ(get(href).status, 401);
    EXPECT_EQ(read("/v1/evidence/" + std::to_string(file) + "/800.webp", "auditor", 0).problem(),
              "file-unknown");
}

TEST_F(EvidenceTest, IsNotChangedAfterItWasSubmittedAndRememberedAsItWas) {
    const auto first = id_of(hand_in(support::pdf(900)));
    const auto second = id_of(hand_in(support::pdf(901)));
    const auto target = draft();
    must(edit(target, {paper("TEST_REPORT", first)}), 200);
    must(step(target, "SUBMIT", cooperative), 200);
    EXPECT_EQ(edit(target, {paper("TEST_REPORT", second)}).problem(), "step-not-now");
    must(step(target, json::object{{"action", "RETURN"}, {"reason", "报告看不清"}}, office_of_daguan), 200);
    const auto mended = must(edit(target, {paper("TEST_REPORT", second)}), 200).json();
    const auto file_in = [](const json::value& papers) {
        return papers.at(0).at("file_id").to_number<std::uint64_t>();
    };
    EXPECT_EQ(file_in(mended.at("evidence")), second);
    EXPECT_EQ(file_in(mended.at("steps").at(0).at("evidence")), first) << "what the county returned";
    EXPECT_TRUE(mended.at("steps").at(1).at("evidence").is_null());
}

TEST_F(EvidenceTest, OfWhatIsCorrectedIsShownToOthersAsItWasSubmittedLast) {
    const auto first = id_of(hand_in(support::pdf(900)));
    const auto second = id_of(hand_in(support::pdf(901)));
    const auto target = draft();
    must(edit(target, {paper("TEST_REPORT", first)}), 200);
    must(step(target, "SUBMIT", cooperative), 200);
    must(step(target, json::object{{"action", "RETURN"}, {"reason", "报告看不清"}}, office_of_daguan), 200);
    auto rewritten = text_of("还没有交的新稿");
    rewritten["evidence"] = json::array{paper("TEST_REPORT", second)};
    const auto own_tag = show(target, cooperative, "merchant").header("ETag");
    must(host_.call("PUT", target, json::serialize(rewritten),
                    {{"Authorization", host_.bearer("merchant", cooperative)}, {"If-Match", own_tag}}),
         200);
    const auto seen = [&](std::uint64_t organisation, const std::string& role) {
        const auto one = must(show(target, organisation, role), 200).json();
        const auto list = show("/v1/applications?batch_id=1", organisation, role).json();
        EXPECT_EQ(list.at("items").at(0).at("statement"), one.at("statement")) << role;
        const auto file = one.at("evidence").at(0).at("file_id").to_number<std::uint64_t>();
        return std::pair{std::string{one.at("statement").as_string()}, file};
    };
    const auto href = "/v1/evidence/" + std::to_string(second) + "/original";
    const std::pair<std::string, std::uint64_t> before{text_of().at("statement").as_string(), first};
    const std::pair<std::string, std::uint64_t> now{"还没有交的新稿", second};
    for (const auto office : {office_of_minhang, office_of_daguan}) {
        EXPECT_EQ(seen(office, "certifier"), before) << office;
        EXPECT_EQ(read(href, "certifier", office).problem(), "file-unknown") << office;
    }
    EXPECT_EQ(seen(0, "auditor"), before);
    EXPECT_EQ(seen(0, "operator"), before);
    EXPECT_EQ(seen(cooperative, "merchant"), now);
    must(step(target, "WITHDRAW", cooperative), 200);
    EXPECT_EQ(seen(office_of_minhang, "certifier"), before) << "nor does withdrawing tell it";
    EXPECT_EQ(seen(cooperative, "merchant"), now);
}

TEST_F(EvidenceTest, NamesOnlyStoredFilesOfTheOwnHouse) {
    const auto target = draft();
    EXPECT_EQ(edit(target, {paper("PICTURE", 999)}).pointer(), "/evidence/0/file_id");
    const auto receiving = id_of(must(begin(pdf_), 201));
    EXPECT_EQ(edit(target, {paper("PICTURE", receiving)}).pointer(), "/evidence/0/file_id");
    const auto mine = id_of(hand_in(support::pdf(900)));
    EXPECT_EQ(edit(target, {paper("OTHER", mine), paper("PICTURE", receiving)}).pointer(),
              "/evidence/1/file_id");
    EXPECT_EQ(edit(target, {paper("CONTRACT", mine)}).pointer(), "/evidence/0/kind");
    auto undated = paper("OTHER", mine);
    undated["issued_on"] = "2026-02-30";
    EXPECT_EQ(edit(target, {undated}).pointer(), "/evidence/0/issued_on");
    EXPECT_EQ(edit(target, json::array(21, paper("OTHER", mine))).pointer(), "/evidence");
}

TEST_F(EvidenceTest, OfTheKindsThatTheSchemeAsksForComesBeforeSubmitting) {
    auto rules = rules_of(1);
    rules["required_evidence"] = json::array{"TEST_REPORT", "LINKAGE_CONTRACT"};
    rules["report_months_max"] = 12;
    must(put("/v1/schemes/MINHANG_YOUPIN", rules, get("/v1/schemes/MINHANG_YOUPIN").header("ETag")), 200);
    must(post("/v1/batches", batch_of(2026)), 201);
    auto wanted = draft_of(tea);
    wanted["batch_id"] = 2;
    const auto target = must(by_merchant("/v1/applications", wanted), 201).header("Location");
    const auto checks = show(target, cooperative, "merchant").json().at("checks").as_array();
    ASSERT_EQ(checks.size(), 2);
    EXPECT_EQ(checks.at(0).at("check"), "evidence-missing");
    EXPECT_EQ(checks.at(0).at("stops"), true);
    const auto refused = step(target, "SUBMIT", cooperative);
    EXPECT_EQ(refused.problem(), "checks-failed");
    EXPECT_EQ(refused.pointer(), "/evidence");
    const auto report = id_of(hand_in(support::pdf(900)));
    const auto contract = id_of(hand_in(support::pdf(901)));
    must(edit(target, {paper("TEST_REPORT", report), paper("LINKAGE_CONTRACT", contract)}), 200);
    EXPECT_EQ(step(target, "SUBMIT", cooperative).status, 200);
}

TEST_F(EvidenceTest, IsNotTakenWithoutEnd) {
    std::string first;
    for (std::int64_t i = 0; i < files::receiving_max; ++i) {
        const auto begun = must(begin(support::pdf(900 + static_cast<std::size_t>(i))), 201);
        if (first.empty()) first = begun.header("Location");
    }
    EXPECT_EQ(begin(pdf_).problem(), "uploads-open");
    must(append(first, 0, support::pdf(900)), 200);
    EXPECT_EQ(begin(pdf_).status, 201) << "one of them has come to its end";
}

}  // namespace
}  // namespace shanhai::certification
