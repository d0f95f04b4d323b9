#include "chassis/events/outbox.hpp"

#include "chassis/events/proof.hpp"
#include "chassis/security/crypto.hpp"

namespace shanhai::events {
namespace {

// The outbox is long and what is asked for is a few rows at its end. So indexes are named here: left to
// itself the optimizer sometimes walks the whole primary key, because that is in the wanted order already.

std::string joined(const std::vector<std::uint64_t>& ids) {
    std::string text;
    for (const auto id : ids) {
        if (!text.empty()) text += ',';
        text += std::to_string(id);
    }
    return text;
}

/// The first of the rows (id or number, bytes) that together do not outgrow `bytes_max`; one always fits.
std::vector<std::uint64_t> within(database::Rows rows, std::size_t bytes_max) {
    std::vector<std::uint64_t> keys;
    std::size_t total = 0;
    while (rows.next()) {
        total += rows.natural(1);
        if (total > bytes_max && !keys.empty()) break;
        keys.push_back(rows.natural(0));
    }
    return keys;
}

std::vector<std::uint64_t> waiting_frames(database::Session& session) {
    // A plain read: FOR UPDATE would wait for transactions that are still writing.
    return within(session.query("SELECT id, bytes FROM outbox FORCE INDEX (outbox_waiting) WHERE seq IS NULL "
                                "ORDER BY id LIMIT ?",
                                numbered_at_once),
                  outbox_bytes_at_once);
}

/// Throws unless the frame is one that this service wrote. `name` is "id 17" or "frame 12".
void expect_seal(database::Session& session, const std::string& name, const std::string& bytes,
                 const std::optional<std::string>& seal) {
    if (seal && sealed(session.outbox_keys(), bytes, *seal)) return;
    if (seal) throw UnsealedFrame{"the outbox's " + name + " bears a wrong seal: it was changed or put in"};
    const bool upgraded = oldest_sealed(session) == 0;
    throw UnsealedFrame{"the outbox's " + name + " bears no seal: " +
                        (upgraded ? "another version wrote it (shanhai events seal)"
                                  : "this service did not write it, somebody put it in")};
}

void expect_seals(database::Session& session, const std::string& ids) {
    auto rows = session.ask("SELECT id, frame, seal FROM outbox WHERE id IN (" + ids + ")");
    while (rows.next()) {
        expect_seal(session, "row " + rows.text(0), rows.text(1), rows.optional_text(2));
    }
}

bool take_lease(database::Session& session, const std::string& me) {
    return session.execute(
               "UPDATE relay SET holder = ?, lease_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND"
               " WHERE id = 1 AND (holder = ? OR lease_until < UTC_TIMESTAMP(6))",
               me, std::chrono::microseconds{lease_length}.count(), me) == 1;
}

}  // namespace

void publish(database::Session& session, const std::vector<Event>& events) {
    if (events.empty()) return;
    const auto at = session.database_now();
    const auto bytes = encode_frame(at, events);
    if (bytes.size() > frame_bytes_max) throw std::length_error{"a transaction's events outgrow one frame"};
    session.execute("INSERT INTO outbox (at, bytes, frame, seal) VALUES (?, ?, ?, ?)", at, bytes.size(),
                    database::Literal::bytes(bytes),
                    database::Literal::bytes(seal(session.outbox_keys(), bytes)));
}

Head look_at_outbox(database::Session& session, const std::string& me) {
    auto rows = session.query(
        "SELECT seq, epoch, holder <> ? AND lease_until >= UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),"
        " (SELECT at FROM outbox FORCE INDEX (outbox_waiting) WHERE outbox.seq IS NULL ORDER BY id LIMIT 1)"
        " FROM relay WHERE id = 1",
        me);
    if (!rows.next()) throw std::runtime_error{"the table relay has lost its row"};
    Head head;
    head.seq = rows.natural(0);
    head.epoch = rows.text(1);
    head.led_by_another = rows.integer(2) != 0;
    if (const auto oldest = rows.optional_instant(4)) {
        head.waiting = true;
        const auto lag = std::chrono::duration_cast<std::chrono::milliseconds>(rows.instant(3) - *oldest);
        head.lag = std::max(lag, std::chrono::milliseconds{0});
    }
    return head;
}

std::optional<std::size_t> number_frames(database::Session& session, const std::string& me) {
    if (!take_lease(session, me)) return std::nullopt;
    const auto ids = waiting_frames(session);
    if (ids.empty()) return 0;
    auto rows = session.query("SELECT seq FROM relay WHERE id = 1 FOR UPDATE");
    rows.next();
    const auto last = rows.natural(0);
    const auto list = joined(ids);
    expect_seals(session, list);
    // By primary key only: any other plan would touch, and wait for, rows that are not committed yet.
    const auto numbered =
        session.run("UPDATE outbox FORCE INDEX (PRIMARY) SET seq = " + std::to_string(last) +
                    " + FIND_IN_SET(id, '" + list + "') WHERE id IN (" + list + ")");
    if (numbered != ids.size()) throw std::runtime_error{"frames vanished while they were numbered"};
    session.execute("UPDATE relay SET seq = ? WHERE id = 1", last + ids.size());
    return ids.size();
}

void hand_back_lease(database::Session& session, const std::string& me) {
    session.execute(
        "UPDATE relay SET lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = 1 AND holder = ?",
        me);
}

std::vector<RawFrame> frames_after(database::Session& session, std::uint64_t after, std::size_t count,
                                   std::size_t bytes_max) {
    // The driver holds a whole answer in memory, so its size is found out first.
    const auto numbers =
        within(session.query("SELECT seq, bytes FROM outbox FORCE INDEX (outbox_seq) WHERE seq > ? "
                             "ORDER BY seq LIMIT ?",
                             after, count),
               bytes_max);
    std::vector<RawFrame> frames;
    if (numbers.empty()) return frames;
    auto rows = session.query(
        "SELECT seq, frame, seal FROM outbox FORCE INDEX (outbox_seq) WHERE seq > ? AND seq <= ? "
        "ORDER BY seq",
        after, numbers.back());
    while (rows.next()) {
        frames.push_back({rows.natural(0), rows.text(1), {}});
        expect_seal(session, "frame " + rows.text(0), frames.back().bytes, rows.optional_text(2));
    }
    return frames;
}

std::string hash_of_frame(database::Session& session, std::uint64_t seq) {
    auto rows = session.query("SELECT frame FROM outbox WHERE seq = ?", seq);
    return rows.next() ? security::sha256(rows.text(0)) : std::string{};
}

std::uint64_t oldest_sealed(database::Session& session) {
    auto rows = session.query("SELECT id FROM outbox WHERE seal IS NOT NULL ORDER BY id LIMIT 1");
    return rows.next() ? rows.natural(0) : 0;
}

Sealing seal_frames(database::Session& session, std::uint64_t before_id, std::uint64_t oldest_sealed) {
    const auto& keys = session.outbox_keys();
    const auto ids =
        within(session.query("SELECT id, bytes FROM outbox WHERE id < ? ORDER BY id DESC LIMIT ?", before_id,
                             numbered_at_once),
               outbox_bytes_at_once);
    Sealing sealing;
    if (ids.empty()) return sealing;
    auto rows =
        session.ask("SELECT id, frame, seal FROM outbox WHERE id IN (" + joined(ids) + ") ORDER BY id DESC");
    while (rows.next()) {
        const auto id = rows.natural(0);
        const auto bytes = rows.text(1);
        const auto before = rows.optional_text(2);
        const auto now = seal(keys, bytes);
        sealing.last_id = id;
        if (before == now) continue;
        const bool put_in = !before && oldest_sealed != 0 && id > oldest_sealed;
        if (put_in || (before && !sealed(keys, bytes, *before))) {
            sealing.refused_id = id;
            return sealing;
        }
        session.execute("UPDATE outbox SET seal = ? WHERE id = ?", database::Literal::bytes(now), id);
        ++(before ? sealing.resealed : sealing.sealed);
    }
    return sealing;
}

}  // namespace shanhai::events
