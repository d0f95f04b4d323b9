#pragma once

#include "orders/application/books.hpp"
#include "orders/domain/capture.hpp"
#include "orders/domain/settling.hpp"
#include "orders/store/stock_book.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace shanhai::orders {

/// Goods of another lot are needed, and those lots are not locked: the transaction must begin again with
/// them.
class OtherLotsNeeded : public std::runtime_error {
public:
    OtherLotsNeeded() : std::runtime_error{"other lots are needed"} {}
};

/// Applies what providers report, whoever asked: notifications, polling, closing, sample data. One
/// transaction's worth; every report is judged under the lock of its order, so that it has its effect once.
class ReportRun {
public:
    struct Locks {
        Locking locking = Locking::for_update;
        bool other_lots = false;  ///< Also those that could take a blocked lot's place.
    };

    ReportRun(database::Session& session, const Books& books, Locks locks)
        : session_{session}, books_{books}, locks_{locks} {}

    /// What each report meant, in order; an attempt that is not known gets Verdict::quarantine. Throws
    /// OtherLotsNeeded, unless the other lots are locked already.
    std::vector<Verdict> apply(const std::vector<ProviderReport>& reports);

    bool told_facts() const { return told_facts_; }
    /// Orders that were paid or closed, whose holds are over once this is committed.
    const std::vector<OrderId>& over() const { return over_; }

private:
    void load(const std::vector<ProviderReport>& reports);
    void lock_stock(const std::vector<ProviderReport>& reports);
    bool anything_locked(const ProviderReport& report) const;
    std::optional<std::string_view> fault_of(const OrderLine& line, Date day) const;
    std::optional<std::string_view> deliver(const ProviderReport& report, const Attempt& attempt,
                                            Verdict verdict);
    std::optional<std::string_view> take_goods(Order& order, Verdict verdict, Date day);
    std::optional<std::string_view> replace_bad_lines(Order& order, Date day);
    bool reserve(Order& order, const std::vector<OrderLine>& wanted, Date day);
    Date day_of(const ProviderReport& report, const Attempt& attempt) const;
    void sell(const ProviderReport& report, const Attempt& attempt, Order& order);
    void close(Order& order, std::string_view reason);
    void write();
    void write_closed();
    void write_refunds();

    database::Session& session_;
    const Books& books_;
    Locks locks_;
    std::shared_ptr<const OfferBook> book_ = books_.offers.get();  ///< One view for the whole transaction.
    NumberRange line_ids_{books_.row_numbers};
    StockBook stock_{session_, NumberRange{books_.row_numbers}};
    Instant now_{};
    ReportFold fold_;
    std::map<OrderId, Order> orders_;
    std::set<std::string> busy_;  ///< Attempts whose order somebody has locked.
    std::set<OrderId> relined_;   ///< Orders whose goods were reserved again: their lines are new.
    std::vector<OrderId> over_;
    Facts facts_;
    bool told_facts_ = false;
};

}  // namespace shanhai::orders
