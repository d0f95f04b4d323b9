#include "messages/store/message_rows.hpp"

#include "chassis/database/in_list.hpp"
#include "chassis/database/stored_name.hpp"
#include "messages/store/known_facts.hpp"

#include <stdexcept>

namespace shanhai::messages {
namespace {

using database::Literal;
using database::Session;

constexpr std::size_t waiting_max = 1000;   // Of one product; in thirty days none has so many.
constexpr std::int64_t singles_max = 1000;  // Read singly, that a count looks past.

/// Holds the numbers to the end of the transaction.
std::uint64_t next_number(Session& session) {
    auto rows = session.query("SELECT last_id FROM numbering WHERE one = 1 FOR UPDATE");
    if (!rows.next()) throw std::logic_error{"messages have no numbers"};
    return rows.natural(0) + 1;
}

bool told_before(Session& session, OrganisationId to, const News& news) {
    return session
        .query("SELECT 1 FROM message WHERE organisation_id = ? AND kind = ? AND subject_id = ? AND step = ?",
               to, wire_name(news.kind), news.subject(), news.step())
        .next();
}

void keep(Session& session, ProductId product, const News& news) {
    const auto& about = news.about;
    session.execute(
        "INSERT INTO undelivered (product_id, kind, subject_id, step, application_id, certification_id, "
        "edition_id, lot_id, scheme, year, lot_code, reason, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?) ON DUPLICATE KEY UPDATE at = VALUES(at)",
        product, wire_name(news.kind), news.subject(), news.step(), about.application, about.certification,
        about.edition, about.lot, about.scheme, about.year, about.lot_code, news.reason, news.at);
}

template <class Id>
std::optional<Id> optional_id(const database::Rows& rows, unsigned column) {
    return rows.null(column) ? std::nullopt : std::optional{rows.id<Id>(column)};
}

struct Waiting {
    News news;
    bool settled = false;
};

std::vector<Waiting> waiting(Session& session, ProductId product) {
    std::vector<Waiting> found;
    auto rows = session.query(
        "SELECT kind, application_id, certification_id, edition_id, lot_id, scheme, year, lot_code, reason, "
        "at, settled FROM undelivered WHERE product_id = ? ORDER BY at LIMIT ? FOR UPDATE",
        product, waiting_max);
    while (rows.next()) {
        Waiting one;
        auto& news = one.news;
        news.kind = database::stored_name<Kind>(rows.text(0));
        news.about.application = optional_id<ApplicationId>(rows, 1);
        news.about.product = product;
        news.about.certification = optional_id<CertificationId>(rows, 2);
        news.about.edition = optional_id<EditionId>(rows, 3);
        news.about.lot = optional_id<LotId>(rows, 4);
        news.about.scheme = rows.optional_text(5);
        news.about.year = rows.optional_integer(6);
        news.about.lot_code = rows.optional_text(7);
        news.reason = rows.text(8);
        news.at = rows.instant(9);
        one.settled = rows.integer(10) != 0;
        found.push_back(std::move(one));
    }
    return found;
}

Message message_of(const database::Rows& rows) {
    Message one;
    one.id = rows.id<MessageId>(0);
    one.to = rows.id<OrganisationId>(1);
    auto& news = one.news;
    news.kind = database::stored_name<Kind>(rows.text(2));
    news.about.application = optional_id<ApplicationId>(rows, 3);
    news.about.product = optional_id<ProductId>(rows, 4);
    news.about.certification = optional_id<CertificationId>(rows, 5);
    news.about.edition = optional_id<EditionId>(rows, 6);
    news.about.lot = optional_id<LotId>(rows, 7);
    news.about.merchant = optional_id<MerchantId>(rows, 8);
    news.about.scheme = rows.optional_text(9);
    news.about.year = rows.optional_integer(10);
    news.about.lot_code = rows.optional_text(11);
    news.about.merchant_name = rows.optional_text(12);
    news.about.product_name = rows.optional_text(13);
    news.reason = rows.text(14);
    news.at = rows.instant(15);
    news.due_on = rows.optional_date(16);
    one.settled = rows.integer(17) != 0;
    one.unread = rows.integer(18) != 0;
    news.about.proposal = optional_id<ProposalId>(rows, 19);
    news.about.onboarding = optional_id<OnboardingId>(rows, 20);
    if (const auto state = rows.optional_text(21)) {
        news.about.proposed = database::stored_name<CertificationState>(*state);
    }
    return one;
}

std::string unread_by(const ReadMark& mark) {
    return "(settled = 0 AND message_id > " + Literal{mark.through}.text() +
           " AND NOT EXISTS (SELECT 1 FROM read_message r WHERE r.account_id = " +
           Literal{mark.account}.text() + " AND r.message_id = message.message_id))";
}

/// Which gives the newest first without those that are not asked for. Told, since the planner goes by how
/// many there are on average.
std::string index_of(const Wanted& wanted) {
    if (wanted.unread_only) return "waiting";
    return wanted.kind ? "of_kind" : "newest";
}

std::string newest_of(const Wanted& wanted, OrganisationId organisation, std::size_t count) {
    auto sql =
        "SELECT message_id, organisation_id, kind, application_id, product_id, certification_id, "
        "edition_id, lot_id, merchant_id, scheme, year, lot_code, merchant_name, product_name, reason, at, "
        "due_on, settled, " +
        unread_by(wanted.read) + ", proposal_id, onboarding_id, proposed FROM message FORCE INDEX (" +
        index_of(wanted) + ") WHERE organisation_id = " + Literal{organisation}.text();
    if (wanted.before != MessageId{}) sql += " AND message_id < " + Literal{wanted.before}.text();
    if (wanted.unread_only) sql += " AND " + unread_by(wanted.read);
    if (wanted.kind) sql += " AND kind = " + Literal{wire_name(*wanted.kind)}.text();
    return sql + " ORDER BY message_id DESC LIMIT " + Literal{count}.text();
}

std::string of(const std::vector<OrganisationId>& organisations) {
    return " FROM message WHERE organisation_id IN " + database::in_list(organisations);
}

/// The column that names the thing, and what tells that a message is about it and not about something of it.
std::string_view told_of(Thing thing) {
    switch (thing) {
        case Thing::message:
            return "message_id = ";
        case Thing::application:
            return "application_id = ";
        case Thing::certification:
            return "certification_id = ";
        case Thing::product:
            // What has a last day is on a page of its own, on which one acts.
            return "application_id IS NULL AND lot_id IS NULL AND edition_id IS NULL AND due_on IS NULL AND "
                   "product_id = ";
        case Thing::lot:
            return "lot_id = ";
        case Thing::merchant:
            return "merchant_id = ";
    }
    throw std::logic_error{"a thing of no kind"};
}

/// One question about each organisation: so an index gives its messages in their order.
template <class Question>
std::string of_each(const std::vector<OrganisationId>& organisations, const Question& question) {
    std::string sql;
    for (const auto organisation : organisations) {
        if (!sql.empty()) sql += " UNION ALL ";
        sql += '(' + question(organisation) + ')';
    }
    return sql;
}

/// Through whatever stands before the first unread one, so that few are kept one by one. Asked in one
/// statement: between two somebody may be told what the first has not seen and the second passes over.
void advance(Session& session, const Wanted& wanted) {
    const auto first = of_each(wanted.organisations, [&](OrganisationId organisation) {
        return "SELECT message_id FROM message FORCE INDEX (waiting) WHERE organisation_id = " +
               Literal{organisation}.text() + " AND " + unread_by(wanted.read) +
               " ORDER BY message_id LIMIT 1";
    });
    const auto last = of_each(wanted.organisations, [](OrganisationId organisation) {
        return "SELECT MAX(message_id) AS message_id FROM message WHERE organisation_id = " +
               Literal{organisation}.text();
    });
    auto rows = session.ask("SELECT COALESCE((SELECT MIN(message_id) FROM (" + first +
                            ") unread) - 1, (SELECT MAX(message_id) FROM (" + last + ") every), 0)");
    if (!rows.next()) return;
    const auto through = rows.id<MessageId>(0);
    if (through > wanted.read.through) mark_read(session, wanted.read.account, through);
}

/// Nothing: it was told before.
std::optional<std::uint64_t> write(Session& session, OrganisationId to, const News& news, bool settled) {
    const auto id = next_number(session);
    if (told_before(session, to, news)) return std::nullopt;
    const auto& about = news.about;
    const auto proposed =
        about.proposed ? std::optional{std::string{wire_name(*about.proposed)}} : std::nullopt;
    session.execute(
        "INSERT INTO message (message_id, organisation_id, kind, subject_id, step, application_id, "
        "product_id, certification_id, edition_id, lot_id, merchant_id, scheme, year, lot_code, "
        "merchant_name, product_name, reason, at, due_on, told_at, settled, proposal_id, "
        "onboarding_id, proposed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id, to, wire_name(news.kind), news.subject(), news.step(), about.application, about.product,
        about.certification, about.edition, about.lot, about.merchant, about.scheme, about.year,
        about.lot_code, about.merchant_name, about.product_name, news.reason, news.at, news.due_on,
        session.now(), settled, about.proposal, about.onboarding, proposed);
    session.execute("UPDATE numbering SET last_id = ? WHERE one = 1", id);
    return id;
}

void write(Session& session, const Seller& seller, News news, bool settled) {
    news.about.product_name = seller.product_name;
    write(session, seller.organisation, news, settled);
}

}  // namespace

void tell(Session& session, OrganisationId to, const News& news, AccountId author) {
    const auto id = write(session, to, news, false);
    if (!id || author == AccountId{}) return;
    session.execute("INSERT INTO read_message (account_id, message_id) VALUES (?, ?)", author, *id);
}

void tell_seller(Session& session, const News& news) {
    const auto product = news.about.product.value();
    const auto seller = seller_of(session, product);
    if (!seller) return keep(session, product, news);
    write(session, *seller, news, false);
}

void deliver(Session& session, ProductId product) {
    const auto seller = seller_of(session, product);
    if (!seller) return;
    const auto all = waiting(session, product);
    if (all.empty()) return;
    for (const auto& [news, settled] : all) write(session, *seller, news, settled);
    session.execute("DELETE FROM undelivered WHERE product_id = ?", product);
}

void deliver_all(Session& session) {
    for (const auto product : awaited_products(session)) deliver(session, product);
}

void settle(Session& session, const std::vector<Kind>& kinds, std::uint64_t subject, Instant before,
            std::optional<OrganisationId> only) {
    const auto done = " SET settled = 1 WHERE kind IN " +
                      database::in_list(kinds, [](Kind kind) { return wire_name(kind); }) +
                      " AND subject_id = ? AND at < ?";
    const auto of_one = only ? " AND organisation_id = " + Literal{*only}.text() : std::string{};
    session.execute("UPDATE message" + done + of_one, subject, before);
    // What waits there is for the house alone, which nobody can name yet.
    if (!only) session.execute("UPDATE undelivered" + done, subject, before);
}

std::vector<Message> find_messages(Session& session, const Wanted& wanted, std::size_t count) {
    const auto sql = of_each(wanted.organisations, [&](OrganisationId organisation) {
        return newest_of(wanted, organisation, count);
    });
    auto rows = session.ask(sql + " ORDER BY message_id DESC LIMIT " + Literal{count}.text());
    std::vector<Message> found;
    while (rows.next()) found.push_back(message_of(rows));
    return found;
}

std::int64_t count_unread(Session& session, const Wanted& wanted, std::int64_t most) {
    const auto beyond = " AND message_id > " + Literal{wanted.read.through}.text();
    const auto account = "account_id = " + Literal{wanted.read.account}.text();
    auto singles = session.ask("SELECT COUNT(*) FROM (SELECT 1 FROM read_message WHERE " + account + beyond +
                               " LIMIT " + Literal{singles_max}.text() + ") singles");
    singles.next();
    // However many are waiting: among so many of them `most` are unread, or these are all.
    const auto enough = Literal{most + singles.integer(0)}.text();
    const auto newest = of_each(wanted.organisations, [&](OrganisationId organisation) {
        return "SELECT message_id FROM message FORCE INDEX (waiting) WHERE organisation_id = " +
               Literal{organisation}.text() + " AND settled = 0" + beyond +
               " ORDER BY message_id DESC LIMIT " + enough;
    });
    auto rows = session.ask("SELECT COUNT(*) FROM (SELECT 1 FROM (" + newest +
                            ") newest LEFT JOIN read_message r ON r." + account +
                            " AND r.message_id = newest.message_id WHERE r.message_id IS NULL LIMIT " +
                            Literal{most}.text() + ") unread");
    rows.next();
    return rows.integer(0);
}

bool has_message(Session& session, const std::vector<OrganisationId>& organisations, MessageId id) {
    return session.ask("SELECT 1" + of(organisations) + " AND message_id = " + Literal{id}.text()).next();
}

ReadMark read_mark(Session& session, AccountId account) {
    auto rows = session.query("SELECT through FROM read_mark WHERE account_id = ?", account);
    return {account, rows.next() ? rows.id<MessageId>(0) : MessageId{}};
}

void mark_read(Session& session, AccountId account, MessageId through) {
    session.execute(
        "INSERT INTO read_mark (account_id, through) VALUES (?, ?) "
        "ON DUPLICATE KEY UPDATE through = GREATEST(through, VALUES(through))",
        account, through);
    session.execute("DELETE FROM read_message WHERE account_id = ? AND message_id <= ?", account, through);
}

void mark_opened(Session& session, const Wanted& wanted, const Opened& opened) {
    const auto account = Literal{wanted.read.account}.text();
    const auto seen = opened.seen_at ? " AND told_at <= " + Literal{*opened.seen_at}.text() : std::string{};
    auto found = session.ask("SELECT message_id" + of(wanted.organisations) + " AND " +
                             std::string{told_of(opened.thing)} + Literal{opened.id}.text() + seen + " AND " +
                             unread_by(wanted.read));
    std::string rows;
    while (found.next()) {
        rows += (rows.empty() ? "(" : ",(") + account + ',' + Literal{found.id<MessageId>(0)}.text() + ')';
    }
    if (rows.empty()) return;
    session.run("INSERT INTO read_message (account_id, message_id) VALUES " + rows +
                " ON DUPLICATE KEY UPDATE account_id = VALUES(account_id)");
    advance(session, wanted);
}

std::size_t forget(Session& session, Instant told_before, Instant waiting_before, std::size_t count) {
    const auto told =
        session.execute("DELETE FROM message WHERE told_at < ? ORDER BY told_at LIMIT ?", told_before, count);
    session.execute(
        "DELETE FROM read_message WHERE message_id < (SELECT COALESCE(MIN(message_id), 0) FROM message) "
        "ORDER BY message_id LIMIT ?",
        count);
    const auto waiting =
        session.execute("DELETE FROM undelivered WHERE at < ? ORDER BY at LIMIT ?", waiting_before, count);
    return told + waiting;
}

}  // namespace shanhai::messages
