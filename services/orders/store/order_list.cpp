#include "orders/store/order_list.hpp"

#include "chassis/events/set_aside.hpp"

namespace shanhai::orders {
namespace {

using database::Literal;

/// Where the rows come from, and the columns that the list is ordered by.
struct Source {
    std::string from;
    std::string created = "o.created_at";
    std::string order = "o.order_id";

    bool of_orders() const { return order == "o.order_id"; }
};

Source source_of(const OrderFilter& filter) {
    if (!filter.number.empty()) return {"orders o FORCE INDEX (public_number)"};
    if (!filter.phone_hash.empty()) {
        return {"vault_record v FORCE INDEX (by_phone) STRAIGHT_JOIN orders o ON o.order_id = v.order_id"};
    }
    if (filter.merchant) return {"sold_order s", "s.created_at", "s.order_id"};
    return {"orders o FORCE INDEX (by_state)"};
}

/// Whether nothing but the order's state and its moment is asked for.
bool by_state(const OrderFilter& filter) {
    return filter.number.empty() && filter.phone_hash.empty() && !filter.merchant;
}

class Conditions {
public:
    void add(const std::string& condition) { text_ += (text_.empty() ? " WHERE " : " AND ") + condition; }
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

/// An order number has no character that LIKE would take for another (OrderNumberPart).
std::string number_condition(const std::string& number) {
    if (number.size() == OrderNumber::length) return "o.order_number = " + Literal{number}.text();
    return "o.order_number LIKE " + Literal{number + '%'}.text();
}

/// A number is looked for first: then the vault is asked for that order alone.
std::string telephone_condition(const OrderFilter& filter, const Source& source) {
    const auto telephone = "v.phone_hash = " + Literal::bytes(filter.phone_hash).text();
    if (filter.number.empty()) return telephone;
    return "EXISTS (SELECT 1 FROM vault_record v WHERE v.order_id = " + source.order + " AND " + telephone +
           ')';
}

Conditions conditions(const OrderFilter& filter, const Source& source,
                      const std::optional<ListPosition>& after) {
    Conditions where;
    if (!filter.number.empty()) where.add(number_condition(filter.number));
    if (!filter.phone_hash.empty()) where.add(telephone_condition(filter, source));
    if (filter.merchant && !source.of_orders())
        where.add("s.merchant_id = " + Literal{*filter.merchant}.text());
    if (filter.merchant && source.of_orders()) {
        where.add(
            "EXISTS (SELECT 1 FROM sold_order s WHERE s.merchant_id = " + Literal{*filter.merchant}.text() +
            " AND s.created_at = o.created_at AND s.order_id = o.order_id)");
    }
    if (filter.state && source.of_orders())
        where.add("o.state = " + Literal{wire_name(*filter.state)}.text());
    if (filter.from) where.add(source.created + " >= " + Literal{*filter.from}.text());
    if (filter.until) where.add(source.created + " < " + Literal{*filter.until}.text());
    if (after) {
        const auto created = Literal{after->created}.text();
        where.add(source.created + " <= " + created + " AND (" + source.created + " < " + created + " OR " +
                  source.order + " < " + Literal{after->order}.text() + ')');
    }
    return where;
}

std::string newest(const std::string& created, const std::string& order, std::size_t limit) {
    return " ORDER BY " + created + " DESC, " + order + " DESC LIMIT " + std::to_string(limit);
}

std::string one_statement(const OrderFilter& filter, const std::optional<ListPosition>& after,
                          std::size_t limit) {
    const auto source = source_of(filter);
    return "SELECT " + source.order + " AS order_id, " + source.created + " AS created_at FROM " +
           source.from + conditions(filter, source, after).text() +
           newest(source.created, source.order, limit);
}

}  // namespace

/// The list of all is the newest of the newest of each state: ordering pays for one index instead of two.
std::string list_statement(const OrderFilter& filter, const std::optional<ListPosition>& after,
                           std::size_t limit) {
    if (filter.state || !by_state(filter)) return one_statement(filter, after, limit);
    std::string all;
    for (const auto state :
         {OrderState::created, OrderState::paid, OrderState::expired, OrderState::cancelled}) {
        auto part = filter;
        part.state = state;
        all += (all.empty() ? "(" : " UNION ALL (") + one_statement(part, after, limit) + ')';
    }
    return all + newest("created_at", "order_id", limit);
}

std::vector<OrderId> list_orders(database::Session& session, const OrderFilter& filter,
                                 const std::optional<ListPosition>& after, std::size_t limit) {
    std::vector<OrderId> found;
    if (filter.empty()) return found;
    auto rows = session.ask(list_statement(filter, after, limit));
    while (rows.next()) found.push_back(rows.id<OrderId>(0));
    return found;
}

std::optional<OrganisationId> organisation_of(database::Session& session, MerchantId merchant) {
    auto rows = session.query("SELECT organisation_id FROM merchant WHERE merchant_id = ?", merchant);
    if (!rows.next() || events::is_untrusted(session, "shanhai.event.v1.MerchantRegistered", "merchant_id",
                                             std::to_string(number(merchant)))) {
        return std::nullopt;
    }
    return rows.id<OrganisationId>(0);
}

}  // namespace shanhai::orders
