#include "certification/store/application_rows.hpp"
#include "integration/certification/applications.hpp"

namespace shanhai::certification {
namespace {

using database::Session;

constexpr std::uint64_t many = 2000;
constexpr std::size_t page = 31;
constexpr std::uint64_t rows_max = 500;  // About five for each of the page; sorting all reads 10,000.

/// What the database has read of tables and indexes in this session.
std::uint64_t rows_read(Session& session) {
    std::uint64_t sum = 0;
    auto rows = session.ask("SHOW SESSION STATUS LIKE 'Handler_read%'");
    while (rows.next()) sum += std::stoull(rows.text(1));
    return sum;
}

/// Of goods that nobody has told of, sent in on the same day.
void send_many(Session& session) {
    database::Insert applications{
        "INSERT INTO application (application_id, batch_id, product_id, statement, linkage, state, version, "
        "submitted_at) VALUES"};
    database::Insert steps{
        "INSERT INTO application_step (application_id, step, action, state, reason, at, by_account, "
        "organisation_id) VALUES"};
    for (std::uint64_t id = 1; id <= many; ++id) {
        applications.row(id, 1, 1000 + id, "", "", "SUBMITTED", 1, session.now());
        steps.row(id, 1, "SUBMIT", "SUBMITTED", "", session.now(), 1, cooperative);
    }
    applications.run(session);
    steps.run(session);
}

TEST_F(Applications, AreReadNoFurtherThanTheirPage) {
    host_.transact(send_many);
    Reach auditor;
    auditor.everything = true;
    Reach office;
    office.schemes.push_back(*SchemeCode::parse("MINHANG_YOUPIN"));
    office.county = minhang;
    ApplicationFilter submitted;
    submitted.states = {ApplicationState::submitted};
    for (const auto& reach : {auditor, office}) {
        for (const auto& filter : {ApplicationFilter{}, submitted}) {
            for (const auto after : {ApplicationId{0}, ApplicationId{many / 2}}) {
                host_.transact([&](Session& session) {
                    const auto before = rows_read(session);
                    const auto found = list_applications(session, reach, filter, after, page);
                    EXPECT_LT(rows_read(session) - before, rows_max);
                    ASSERT_EQ(found.size(), page);
                    EXPECT_EQ(number(found.front().id), number(after) + 1);
                });
            }
        }
    }
}

TEST_F(Applications, OfOthersAreNotInAHousesList) {
    host_.transact(send_many);
    const auto own = draft(tea);
    const auto found =
        host_.call("GET", "/v1/applications", {}, {{"Authorization", host_.bearer("merchant", cooperative)}});
    ASSERT_EQ(found.status, 200) << found.body;
    const auto answer = found.json();
    const auto& items = answer.at("items").as_array();
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ("/v1/applications/" + std::to_string(items.front().at("application_id").to_number<int>()), own);
}

}  // namespace
}  // namespace shanhai::certification
