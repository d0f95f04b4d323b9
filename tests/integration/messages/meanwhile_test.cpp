#include "integration/messages/fixture.hpp"

#include "messages/store/message_rows.hpp"

namespace shanhai::messages {
namespace {

using database::Session;
using std::chrono::minutes;

/// Somebody else's transaction ends right after one of the statements of this one.
class Overtaken final : public Session {
public:
    Overtaken(Session& inner, int after, std::function<void()> meanwhile)
        : inner_{inner}, left_{after}, meanwhile_{std::move(meanwhile)} {}

    std::uint64_t run(const std::string& sql) override {
        const auto count = inner_.run(sql);
        said();
        return count;
    }
    database::Rows ask(const std::string& sql) override {
        auto rows = inner_.ask(sql);
        said();
        return rows;
    }
    const Clock* turned_clock() const override { return inner_.turned_clock(); }
    const Clock& counting_clock() const override { return inner_.counting_clock(); }
    const security::KeyRing& outbox_keys() const override { return inner_.outbox_keys(); }
    /// Whether there were so many.
    bool overtaken() const { return left_ <= 0; }

private:
    void said() {
        if (--left_ == 0) meanwhile_();
    }

    Session& inner_;
    int left_;
    std::function<void()> meanwhile_;
};

TEST_F(MessagesTest, AreUnreadHoweverCloselyTheyFollowWhatIsOpened) {
    know_sellers();
    const AccountId reader{1};
    const auto wanted_by = [&](Session& session) {
        return Wanted{.organisations = {OrganisationId{cooperative}}, .read = read_mark(session, reader)};
    };
    auto at = now() - minutes{60};
    bool overtaken = true;
    int statements = 0;
    while (overtaken) {
        learn(step("RETURN", at += minutes{1}, "缺检测报告"));
        ++statements;
        host_.transact([&](Session& inner) {
            Overtaken session{inner, statements,
                              [&] { learn(step("REJECT", at += minutes{1}, "超出范围")); }};
            const auto wanted = wanted_by(session);
            mark_opened(session, wanted, {Thing::application, 5});
            overtaken = session.overtaken();
        });
        host_.transact([&](Session& session) {
            const auto wanted = wanted_by(session);
            const auto found = find_messages(session, wanted, 2);
            ASSERT_EQ(found.size(), 2U);
            EXPECT_EQ(found[0].unread, overtaken && statements > 1) << "told after statement " << statements;
            EXPECT_FALSE(found[1].unread);
            mark_read(session, reader, found[0].id);
        });
    }
    EXPECT_GT(statements, 5) << "reads the mark, finds, keeps, looks how far, marks twice";
}

}  // namespace
}  // namespace shanhai::messages
