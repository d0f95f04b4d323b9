#include "chassis/events/set_aside.hpp"

#include "chassis/events/proof.hpp"

#include <algorithm>

namespace shanhai::events {
namespace {

constexpr std::size_t waiting_max = 1000;  // For people; what decides is never cut short.
constexpr std::size_t who_bytes_max = 200;
constexpr std::size_t reason_bytes_max = 1000;
constexpr std::string_view columns =
    "id, producer, seq, at, type, payload, subject_field, subject_id, reason";

KeptFact kept(std::string_view producer, std::uint64_t seq, const Event& event) {
    return {producer, seq, event.type, event.payload};
}

SetAside read_fact(const database::Rows& rows) {
    SetAside fact;
    fact.id = rows.natural(0);
    fact.producer = rows.text(1);
    fact.seq = rows.natural(2);
    fact.at = rows.instant(3);
    fact.event = {rows.text(4), rows.text(5)};
    fact.subject = rows.text(6) + " " + rows.text(7);
    fact.reason = rows.text(8);
    return fact;
}

database::Rows waiting_rows(database::Session& session, const std::string& more,
                            std::initializer_list<database::Literal> values) {
    return session.ask(database::Session::bind(
        "SELECT " + std::string{columns} +
            ", wish, wished_by, wished_reason, seal FROM set_aside WHERE closed_at IS NULL AND " + more +
            " ORDER BY id LIMIT " + std::to_string(waiting_max),
        values));
}

std::vector<SetAside> read_facts(database::Rows rows) {
    std::vector<SetAside> facts;
    while (rows.next()) facts.push_back(read_fact(rows));
    return facts;
}

}  // namespace

std::string SetAside::text() const {
    return event.type.substr(event.type.rfind('.') + 1) + " of " + subject + " (frame " +
           std::to_string(seq) + " of " + producer + "): " + reason;
}

std::uint64_t set_aside(database::Session& session, const Frame& frame, const Event& event,
                        const Subject& subject, const std::string& reason) {
    session.execute(
        "UPDATE set_aside SET closed_at = UTC_TIMESTAMP(6), closed_by = 'a later fact', closed_reason = ''"
        " WHERE closed_at IS NULL AND producer = ? AND type = ? AND subject_id = ?",
        frame.producer, event.type, subject.id);
    session.execute(
        "INSERT INTO set_aside (producer, seq, at, type, payload, subject_field, subject_id, reason, "
        "seal, set_aside_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
        frame.producer, frame.seq, frame.at, event.type, database::Literal::bytes(event.payload),
        subject.field, subject.id, reason,
        database::Literal::bytes(seal(session.outbox_keys(), kept(frame.producer, frame.seq, event))));
    return session.last_insert_id();
}

std::vector<SetAside> waiting_facts(database::Session& session, const std::string& producer) {
    return read_facts(waiting_rows(session, "producer = ?", {producer}));
}

std::vector<SetAside> waiting_facts(database::Session& session) {
    return read_facts(waiting_rows(session, "TRUE", {}));
}

WaitingSubjects waiting_subjects(database::Session& session, const std::string& producer) {
    auto rows = session.query(
        "SELECT id, type, subject_field, subject_id FROM set_aside WHERE closed_at IS NULL AND producer = ?"
        " ORDER BY id",
        producer);
    WaitingSubjects waiting;
    while (rows.next()) {
        waiting.insert_or_assign({rows.text(1), rows.text(2) + " " + rows.text(3)}, rows.natural(0));
    }
    return waiting;
}

void close_fact(database::Session& session, std::uint64_t id, const std::string& who,
                const std::string& reason) {
    session.execute(
        "UPDATE set_aside SET closed_at = UTC_TIMESTAMP(6), closed_by = ?, closed_reason = ?, wish = NULL"
        " WHERE id = ?",
        who, reason, id);
}

std::set<std::string> untrusted(database::Session& session, std::string_view type, const std::string& field) {
    auto rows =
        session.query("SELECT type, payload FROM set_aside WHERE closed_at IS NULL AND type = ?", type);
    std::set<std::string> values;
    while (rows.next()) {
        if (auto value = field_of({rows.text(0), rows.text(1)}, field)) values.insert(std::move(*value));
    }
    return values;
}

bool is_untrusted(database::Session& session, std::string_view type, const std::string& field,
                  const std::string& value) {
    return untrusted(session, type, field).contains(value);
}

Result<Done> wish(database::Pool& pool, std::uint64_t id, Wish wish, const std::string& who,
                  const std::string& reason) {
    if (who.empty() || who.size() > who_bytes_max)
        return invalid_field("/who", "Say who decides this, in at most 200 bytes.");
    if (reason.empty() || reason.size() > reason_bytes_max)
        return invalid_field("/reason", "Say why, in at most 1,000 bytes.");
    return pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        const auto changed = session.execute(
            "UPDATE set_aside SET wish = ?, wished_by = ?, wished_reason = ? WHERE id = ? AND closed_at IS "
            "NULL",
            wish == Wish::retry ? "RETRY" : "CLOSE", who, reason, id);
        if (changed == 1) return Done{};
        return Error{Failure::not_found, "not-set-aside", "No fact with that id waits."};
    });
}

std::vector<Wished> wished_facts(database::Session& session, const std::string& producer) {
    auto rows = waiting_rows(session, "producer = ? AND wish IS NOT NULL", {producer});
    std::vector<Wished> wished;
    while (rows.next()) {
        Wished one;
        one.fact = read_fact(rows);
        one.wish = rows.text(9) == "RETRY" ? Wish::retry : Wish::close;
        one.who = rows.optional_text(10).value_or("");
        one.reason = rows.optional_text(11).value_or("");
        const auto seal = rows.optional_text(12);
        one.ours = seal && sealed(session.outbox_keys(),
                                  kept(one.fact.producer, one.fact.seq, one.fact.event), *seal);
        wished.push_back(std::move(one));
    }
    return wished;
}

void note_failed_retry(database::Session& session, std::uint64_t id, const std::string& reason) {
    session.execute("UPDATE set_aside SET reason = ?, wish = NULL WHERE id = ?", reason, id);
}

}  // namespace shanhai::events
