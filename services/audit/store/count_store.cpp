#include "audit/store/count_store.hpp"

#include "audit/domain/recomputation.hpp"
#include "audit/store/ledger_store.hpp"

#include <set>
#include <stdexcept>
#include <tuple>

namespace shanhai::audit {
namespace {

constexpr std::size_t counted_at_once = 5000;
constexpr std::string_view all = "";

/// What the orders of one batch add up to, by month.
struct Additions {
    using Buyers = std::map<std::string, std::map<Place, std::int64_t>>;  ///< Lines by buyer and place.
    std::map<std::string, Buyers> buyers;
    std::map<std::tuple<std::string, std::string, std::string>, Counts> counts;

    void add(const NewOrder& order) {
        std::map<std::string, std::map<Place, std::int64_t>> by_month;
        for (const auto& line : order.lines) {
            if (line.counted) ++by_month[Month::of(line.paid_at).text()][{line.county_code, line.channel}];
        }
        for (const auto& [month, lines] : by_month) {
            std::set<Place> places;
            for (const auto& [place, count] : lines) {
                places.insert(place);
                if (!order.buyer.empty()) buyers[month][order.buyer][place] += count;
            }
            for (const auto& [county, channel] : scopes_of(places)) ++counts[{month, county, channel}].orders;
        }
    }
};

/// Where these buyers had bought in that month before.
std::map<std::string, std::set<Place>> known_places(database::Session& session, const std::string& month,
                                                    const Additions::Buyers& buyers) {
    std::string list;
    for (const auto& [buyer, places] : buyers)
        list += (list.empty() ? "" : ",") + database::Literal{buyer}.text();
    auto rows =
        session.ask(database::Session::bind(
                        "SELECT buyer, county_code, channel FROM month_buyer WHERE month = ?", {month}) +
                    " AND buyer IN (" + list + ")");
    std::map<std::string, std::set<Place>> known;
    while (rows.next()) known[rows.text(0)].emplace(rows.text(1), rows.text(2));
    return known;
}

/// Only the holder of the head's lock comes here, so nobody comes between the look and the insert.
void add_buyers(database::Session& session, Additions& additions) {
    database::Insert insert{"INSERT INTO month_buyer (month, buyer, county_code, channel, line_count) VALUES",
                            "ON DUPLICATE KEY UPDATE line_count = line_count + VALUES(line_count)"};
    for (const auto& [month, buyers] : additions.buyers) {
        auto known = known_places(session, month, buyers);
        for (const auto& [buyer, lines] : buyers) {
            const auto before = scopes_of(known[buyer]);
            std::set<Place> places;
            for (const auto& [place, count] : lines) {
                places.insert(place);
                insert.row(month, buyer, place.first, place.second, count);
            }
            for (const auto& scope : scopes_of(places)) {
                if (!before.contains(scope)) ++additions.counts[{month, scope.first, scope.second}].buyers;
            }
        }
    }
    insert.run(session);
}

void add_counts(database::Session& session, const Additions& additions) {
    database::Insert insert{"INSERT INTO month_count (month, county_code, channel, orders, buyers) VALUES",
                            "ON DUPLICATE KEY UPDATE orders = orders + VALUES(orders), "
                            "buyers = buyers + VALUES(buyers)"};
    for (const auto& [key, counts] : additions.counts) {
        const auto& [month, county, channel] = key;
        insert.row(month, county, channel, counts.orders, counts.buyers);
    }
    insert.run(session);
}

void link_orders(database::Session& session, std::uint64_t first_index, const std::vector<NewOrder>& orders) {
    database::Insert insert{
        "INSERT INTO order_link (order_id, order_number, buyer, first_index, line_count) VALUES"};
    for (const auto& order : orders) {
        if (!order.buyer.empty())
            insert.row(order.id, order.number, order.buyer, first_index, order.lines.size());
        first_index += order.lines.size();
    }
    insert.run(session);
}

std::uint64_t counted_size(database::Session& session) {
    auto rows = session.query("SELECT size FROM count_progress WHERE id = 1");
    if (!rows.next()) throw std::runtime_error{"the table count_progress has lost its row"};
    return rows.natural(0);
}

void move_on(database::Session& session, std::uint64_t from, std::uint64_t to) {
    const auto moved =
        session.execute("UPDATE count_progress SET size = ? WHERE id = 1 AND size = ?", to, from);
    if (moved != 1) throw std::runtime_error{"older entries are not counted yet; start the service again"};
}

void count(database::Session& session, const std::vector<NewOrder>& orders) {
    Additions additions;
    for (const auto& order : orders) additions.add(order);
    add_buyers(session, additions);
    add_counts(session, additions);
}

/// Older entries, order by order: of version 1, which say their order's number and buyer themselves.
struct OldEntries {
    std::vector<NewOrder> orders;
    std::uint64_t entries = 0;
};

OldEntries read_old(database::Session& session, std::uint64_t first) {
    auto rows = session.query(
        "SELECT order_id, body FROM ledger_entry WHERE entry_index >= ? ORDER BY entry_index LIMIT ?", first,
        counted_at_once);
    OldEntries old;
    while (rows.next()) {
        auto sale = read_entry(rows.text(1));
        if (!sale || sale->version != 1 || rows.null(0)) {
            throw std::runtime_error{"entry " + std::to_string(first + old.entries) +
                                     " cannot be counted; the ledger was altered"};
        }
        if (old.orders.empty() || old.orders.back().number != sale->order) {
            old.orders.push_back({rows.id<OrderId>(0), sale->order, sale->buyer, {}});
        }
        old.orders.back().lines.push_back(std::move(*sale));
        ++old.entries;
    }
    // The last order may go on behind the limit.
    if (old.entries == counted_at_once && old.orders.size() > 1) {
        old.entries -= old.orders.back().lines.size();
        old.orders.pop_back();
    }
    return old;
}

Result<bool> catch_up_once(database::Session& session) {
    const auto size = lock_head(session).size;
    const auto counted = counted_size(session);
    if (counted >= size) return false;
    const auto old = read_old(session, counted);
    if (old.entries == 0) throw std::runtime_error{"entries of the ledger are missing"};
    link_orders(session, counted, old.orders);
    count(session, old.orders);
    move_on(session, counted, counted + old.entries);
    return true;
}

/// The counted lines of an order's entries, by month and place.
std::map<std::pair<std::string, Place>, std::int64_t> counted_lines(database::Session& session,
                                                                    const OrderEntries& found) {
    std::map<std::pair<std::string, Place>, std::int64_t> lines;
    for (const auto& body : entries(session, found.first_index, found.count)) {
        const auto sale = read_entry(body);
        if (!sale || !sale->counted) continue;
        ++lines[{Month::of(sale->paid_at).text(), {sale->county_code, sale->channel}}];
    }
    return lines;
}

}  // namespace

void count_orders(database::Session& session, std::uint64_t first_index,
                  const std::vector<NewOrder>& orders) {
    std::uint64_t lines = 0;
    for (const auto& order : orders) lines += order.lines.size();
    move_on(session, first_index, first_index + lines);
    link_orders(session, first_index, orders);
    count(session, orders);
}

Result<Done> catch_up_counts(database::Pool& pool) {
    for (bool more = true; more;) {
        const auto done = pool.transact_blocking(catch_up_once);
        if (!done) return done.error();
        more = *done;
    }
    return Done{};
}

void erase_order(database::Session& session, OrderId order) {
    lock_head(session);  // So that nobody appends the order, or counts its buyer, meanwhile.
    session.execute("UPDATE pending_sale SET erased = TRUE WHERE order_id = ?", order);
    auto rows =
        session.query("SELECT first_index, line_count, buyer FROM order_link WHERE order_id = ?", order);
    if (!rows.next()) return;
    const OrderEntries found{rows.natural(0), rows.natural(1)};
    const auto buyer = rows.text(2);
    for (const auto& [key, count] : counted_lines(session, found)) {
        const auto& [month, place] = key;
        session.execute(
            "UPDATE month_buyer SET line_count = line_count - ? WHERE month = ? AND buyer = ? AND "
            "county_code = ? AND channel = ?",
            count, month, buyer, place.first, place.second);
        session.execute("DELETE FROM month_buyer WHERE month = ? AND buyer = ? AND line_count <= 0", month,
                        buyer);
    }
    session.execute("DELETE FROM order_link WHERE order_id = ?", order);
}

std::map<std::string, Counts> read_counts(database::Session& session, const Month& month,
                                          const std::optional<std::string>& channel) {
    auto rows =
        session.query("SELECT county_code, orders, buyers FROM month_count WHERE month = ? AND channel = ?",
                      month.text(), channel.value_or(std::string{all}));
    std::map<std::string, Counts> counts;
    while (rows.next()) counts[rows.text(0)] = {rows.integer(1), rows.integer(2)};
    return counts;
}

std::optional<std::string> order_of_entry(database::Session& session, std::uint64_t index) {
    auto rows = session.query(
        "SELECT order_number, first_index, line_count FROM order_link WHERE first_index <= ? "
        "ORDER BY first_index DESC LIMIT 1",
        index);
    if (!rows.next() || index - rows.natural(1) >= rows.natural(2)) return std::nullopt;
    return rows.text(0);
}

std::optional<OrderEntries> entries_of_order(database::Session& session, const std::string& order_number) {
    auto rows =
        session.query("SELECT first_index, line_count FROM order_link WHERE order_number = ?", order_number);
    if (!rows.next()) return std::nullopt;
    return OrderEntries{rows.natural(0), rows.natural(1)};
}

}  // namespace shanhai::audit
