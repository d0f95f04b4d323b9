#pragma once

#include "orders/domain/facts.hpp"
#include "orders/domain/payment.hpp"
#include "orders/domain/request.hpp"
#include "vocabulary/line_faults.hpp"

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::orders {

/// How long a key of an order is remembered, at least.
inline constexpr std::chrono::hours key_life{24};

/// What makes a repeated request recognisable.
struct RequestKey {
    std::string hash;         ///< 32 bytes: SHA-256 of who asks and the Idempotency-Key.
    std::string fingerprint;  ///< 32 bytes: SHA-256 of method, path and canonical body.
};

/// An order to place. A request that the facts refuse still comes this far with its refusal, since
/// it may repeat one that was accepted when the facts were different.
struct PlaceCommand {
    RequestKey key;
    Result<OrderDraft> draft;
    std::optional<Instant> at;  ///< When it was ordered, for sample data; otherwise now.
    std::string network{};      ///< Of the client (client_network); empty: the caps on holds do not apply.
};

struct Placed {
    Order order;  ///< As it was when it was placed.
    bool replayed = false;
};

/// An order of the past, for demonstrations: placed at `command.at`, paid at `paid`.
struct SampleOrder {
    PlaceCommand command;
    Instant paid{};
};

/// Money on its way back, or back.
struct RefundView {
    Fen amount;
    std::string reason;  ///< "paid-twice", "lot-blocked" …
    bool done = false;
    std::optional<Instant> refunded;
};

/// An order as its buyer or the staff may see it.
struct OrderView {
    Order order;
    std::vector<Attempt> attempts;
    std::vector<RefundView> refunds;
    std::string receiver_name;  ///< Masked, as the two below.
    std::string receiver_phone;
    std::string receiver_address;
};

struct ReceiveCommand {
    RequestKey key;
    LotId lot{};
    std::int64_t quantity = 0;
    std::string note;
};

struct Received {
    std::uint64_t receipt = 0;
    LotId lot{};
    SkuId sku{};
    std::int64_t quantity = 0;
    Instant at{};
    bool replayed = false;
};

/// What begins the reference of a receipt that was entered without one.
inline constexpr char own_reference_sign = '#';

/// One line of a table of receipts: a delivery note (入库单) names each lot once.
struct ReceiptLine {
    std::size_t line = 0;
    LotId lot{};
    std::int64_t quantity = 0;
    std::string reference;  ///< What the delivery is called.
    std::string note;
};

/// A table of receipts on its way in: the lines that are well by themselves, and what is known of the others.
struct ReceiptTable {
    std::vector<ReceiptLine> lines;
    ImportReport report;
    ImportTerms terms;
};

/// A receipt as it goes into a table.
struct ReceiptRecord {
    std::uint64_t id = 0;
    LotId lot{};
    std::int64_t quantity = 0;
    std::string reference;
    std::string note;
    std::string lot_code;
    SkuId sku{};
    Instant at{};
};

/// Somebody counted, and the books are wrong by `delta` packs.
struct ProposeCorrection {
    RequestKey key;
    LotId lot{};
    std::int64_t delta = 0;
    std::string reason;
    std::uint64_t by = 0;  ///< Account.
};
struct ConfirmCorrection {
    std::uint64_t correction = 0;
    std::uint64_t by = 0;
};
struct Correction {
    std::uint64_t id = 0;
    LotId lot{};
    std::int64_t delta = 0;
    std::string reason;
    std::uint64_t proposed_by = 0;
    Instant proposed{};
    std::optional<std::uint64_t> confirmed_by{};
    std::optional<Instant> confirmed{};
    bool replayed = false;
};

struct LotLevel {
    Lot lot;
    std::int64_t on_hand = 0;
    std::int64_t reserved = 0;
};

struct JournalEntry {
    std::uint64_t id = 0;
    LotId lot{};
    std::string kind;
    std::int64_t delta_on_hand = 0;
    std::int64_t delta_reserved = 0;
    std::optional<std::string> order_number;
    Instant at{};
};

/// Everything the HTTP side asks of the orders. application/ implements it; each call may be one of a batch.
class OrderDesk {
public:
    template <class T>
    using Answer = boost::asio::awaitable<Result<T>>;

    virtual ~OrderDesk() = default;

    /// Reserves and stores, or replays what the same key did before. Fails with 409 `sold-out`, 422
    /// `idempotency-key-reused`, or the refusal the command carries.
    virtual Answer<Placed> place(PlaceCommand command) = 0;
    /// Fails with 404 `order-unknown`.
    virtual Answer<OrderView> find(std::string order_number) = 0;
    /// Opens an attempt and announces it to the provider. Fails with 409 `order-not-payable`, 503
    /// `provider-unavailable`.
    virtual Answer<Attempt> open_payment(std::string order_number, std::string provider) = 0;
    /// The number of the order that an attempt is for. Fails with 404 `attempt-unknown`.
    virtual Answer<std::string> order_of(std::string attempt_number) = 0;
    /// Closes open attempts at the provider first. Fails with 409 `order-not-cancellable`. A cancelled order
    /// may be cancelled again.
    virtual Answer<Done> cancel(std::string order_number) = 0;
    /// Stores a verified notification once. Fails with 503 `attempt-unknown` so that the provider repeats it.
    virtual Answer<Done> accept(std::string provider, Notification notification, std::string body) = 0;
    /// Places orders of the sample data and pays them, by the same code as everybody's; an answer for each.
    virtual Answer<std::vector<Result<Placed>>> place_samples(std::vector<SampleOrder> samples) = 0;

    /// Packs arrive. Fails with 404 `lot-unknown`, 422 `receipt-above-lot`, `idempotency-key-reused`.
    virtual Answer<Received> receive(ReceiveCommand command) = 0;
    /// Takes a whole table in one transaction, or with one fault nothing of it. A delivery's lot that is
    /// there already must have the same quantity and note (`differs`), and comes once in a table
    /// (`line-repeated`).
    virtual Answer<ImportReport> take(ReceiptTable table) = 0;
    /// At most `count` receipts with ids above `after` that came at `from` or later, in the order of ids.
    virtual Answer<std::vector<ReceiptRecord>> receipts(std::optional<Instant> from, std::uint64_t after,
                                                        std::size_t count) = 0;
    /// A correction is proposed by one person and confirmed by another; only then the stock changes. Fail as
    /// may_correct (receipts.hpp), and with 404 `lot-unknown`, `correction-unknown`, 403
    /// `second-person-needed`.
    virtual Answer<Correction> propose(ProposeCorrection command) = 0;
    virtual Answer<Correction> confirm(ConfirmCorrection command) = 0;
    virtual Answer<std::vector<LotLevel>> stock(SkuId sku) = 0;
    /// At most `limit` entries of an SKU's lots with ids below `before`, newest first.
    virtual Answer<std::vector<JournalEntry>> journal(SkuId sku, std::uint64_t before, std::size_t limit) = 0;
};

}  // namespace shanhai::orders
