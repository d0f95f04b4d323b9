#include "integration/messages/fixture.hpp"

#include "messages/store/message_rows.hpp"

namespace shanhai::messages {
namespace {

using database::Session;

constexpr std::uint64_t many = 10'000;
constexpr AccountId reader{1};

/// What the database has read of tables and indexes in this session.
std::uint64_t rows_read(Session& session) {
    std::uint64_t sum = 0;
    auto rows = session.ask("SHOW SESSION STATUS LIKE 'Handler_read%'");
    while (rows.next()) sum += std::stoull(rows.text(1));
    return sum;
}

/// An office of an organisation that was told of ten thousand things, and of a few of other kinds in between.
class Crowd : public MessagesTest {
protected:
    Crowd() {
        host_.transact([](Session& session) {
            database::Insert messages{
                "INSERT INTO message (message_id, organisation_id, kind, subject_id, step, application_id, "
                "certification_id, lot_id, merchant_id, reason, at, told_at) VALUES"};
            for (std::uint64_t id = 1; id <= many; ++id) {
                const auto* kind = id % 1000 == 0 ? "CERTIFIED" : "APPLICATION_TO_REVIEW";
                messages.row(id, id % 2 == 0 ? office : 0, kind, id, 0, id / 3, id / 3, id / 3, id / 3, "",
                             session.now(), session.now());
            }
            messages.run(session);
            session.execute("UPDATE numbering SET last_id = ?", many);
        });
    }
    void change(const std::string& sql) {
        host_.transact([&](Session& session) { session.run(sql); });
    }
    static Wanted wanted(Session& session) {
        return {.organisations = {OrganisationId{office}, OrganisationId{0}},
                .read = read_mark(session, reader)};
    }
    /// However busy the machine is.
    template <class Work>
    void expect_few_rows(const char* what, std::uint64_t most, Work work) {
        host_.transact([&](Session& session) {
            const auto before = rows_read(session);
            work(session);
            EXPECT_LE(rows_read(session) - before, most) << what;
        });
    }
    std::int64_t count(std::uint64_t rows_max, const char* what) {
        std::int64_t found = 0;
        expect_few_rows(what, rows_max,
                        [&](Session& session) { found = count_unread(session, wanted(session), 100); });
        return found;
    }
};

TEST_F(Crowd, IsCountedNoFartherThanTheBellShows) {
    EXPECT_EQ(count(1000, "nothing was ever read"), 100);
    change("UPDATE message SET settled = 1 WHERE message_id <= 9990");
    EXPECT_EQ(count(200, "nearly all was done"), 10);
    change("UPDATE message SET settled = 0");
    change(
        "INSERT INTO read_message (account_id, message_id) SELECT 1, message_id FROM message WHERE "
        "message_id > 50 AND message_id <= 550");
    EXPECT_EQ(count(6000, "five hundred were read singly"), 100);
    change("UPDATE message SET settled = 1 WHERE message_id > 550");
    EXPECT_EQ(count(6000, "and the rest was done"), 50);
    change("UPDATE message SET settled = 0");
    change(
        "INSERT INTO read_message (account_id, message_id) SELECT 1, message_id FROM message WHERE "
        "message_id > 550");
    EXPECT_LE(count(16'000, "all but the oldest were read singly"), 50);
}

TEST_F(Crowd, IsListedNoFartherThanItsPage) {
    change("UPDATE message SET settled = 1 WHERE message_id BETWEEN 31 AND 9990");
    for (const bool unread_only : {false, true}) {
        for (const auto kind : {std::optional<Kind>{}, std::optional{Kind::certified}}) {
            expect_few_rows("a page", 400, [&](Session& session) {
                auto page = wanted(session);
                page.unread_only = unread_only;
                page.kind = kind;
                const auto found = find_messages(session, page, 31);
                EXPECT_EQ(found.size(), kind ? (unread_only ? 1U : 10U) : 31U);
            });
        }
    }
}

TEST_F(Crowd, IsOpenedByTheThingThatItIsAbout) {
    for (const auto thing : {Thing::message, Thing::application, Thing::certification, Thing::lot,
                             Thing::merchant, Thing::product}) {
        const auto name = std::string{wire_name(thing)};
        expect_few_rows(name.c_str(), 150, [&](Session& session) {
            mark_opened(session, wanted(session), {thing, 2000});
        });
    }
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM read_message"), 4) << "number 2000, and 6000 to 6002";
    change("UPDATE message SET settled = 1 WHERE message_id <= 9990");
    expect_few_rows("the mark follows over what was done", 150, [&](Session& session) {
        mark_opened(session, wanted(session), {Thing::message, 9991});
    });
    EXPECT_EQ(host_.number("SELECT through FROM read_mark"), 9991);
}

}  // namespace
}  // namespace shanhai::messages
