#include "chassis/events/outbox.hpp"

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

std::vector<std::uint64_t> waiting_frames(database::Session& session) {
    // A plain read: FOR UPDATE would wait for transactions that are still writing.
    auto rows = session.query(
        "SELECT id FROM outbox FORCE INDEX (outbox_waiting) WHERE seq IS NULL ORDER BY id LIMIT ?",
        numbered_at_once);
    std::vector<std::uint64_t> ids;
    while (rows.next()) ids.push_back(rows.natural(0));
    return ids;
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
    session.execute("INSERT INTO outbox (at, bytes, frame) VALUES (?, ?, ?)", at, bytes.size(),
                    database::Literal::bytes(bytes));
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
    // By primary key only: any other plan would touch, and wait for, rows that are not committed yet.
    const auto list = joined(ids);
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
    auto sizes = session.query(
        "SELECT seq, bytes FROM outbox FORCE INDEX (outbox_seq) WHERE seq > ? ORDER BY seq LIMIT ?", after,
        count);
    std::uint64_t until = after;
    std::size_t total = 0;
    while (sizes.next()) {
        total += sizes.natural(1);
        if (total > bytes_max && until > after) break;
        until = sizes.natural(0);
    }
    std::vector<RawFrame> frames;
    if (until == after) return frames;
    auto rows = session.query(
        "SELECT seq, frame FROM outbox FORCE INDEX (outbox_seq) WHERE seq > ? AND seq <= ? ORDER BY seq",
        after, until);
    while (rows.next()) frames.push_back({rows.natural(0), rows.text(1)});
    return frames;
}

}  // namespace shanhai::events
