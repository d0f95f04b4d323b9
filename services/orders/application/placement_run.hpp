#pragma once

#include "orders/application/books.hpp"
#include "orders/domain/desk.hpp"
#include "orders/store/request_keys.hpp"
#include "orders/store/stock_book.hpp"

#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace shanhai::orders {

/// What is made before the transaction, once, however often the transaction runs.
struct Preparation {
    std::span<PlaceCommand> commands;
    std::vector<std::optional<SealedReceiver>> receivers;   ///< Of the commands that may become orders.
    std::vector<std::optional<HoldPrincipals>> principals;  ///< Of those whose holds are capped.
    std::uint64_t first_order = 0;                          ///< Order ids, one a command.
    std::uint64_t first_row = 0;                            ///< Row ids, `rows` of them.
    std::uint64_t rows = 0;
    std::vector<LotId> lots;  ///< Every lot that may be drawn from.
};

/// The goods of this order are locked by somebody for long; those of the rest of its batch are not.
inline constexpr std::string_view stock_busy_code = "stock-busy";

/// When the keys of a batch are looked up. Requests are seldom repeated, and storing a key finds one that was
/// used, so that the keys of orders need no look before; but what is refused may have been placed before, and
/// whoever has an unpaid order may be repeating that, which must not count as one more.
enum class LookAtKeys { of_all, of_refused };

/// One try at placing a batch, inside one transaction. Throws KeyInFlight, with LookAtKeys::of_refused also
/// for a key that was used.
class PlacementRun {
public:
    /// `ticket`: counts what the orders hold; nothing when holds are not capped.
    PlacementRun(database::Session& session, const Books& books, const Preparation& preparation,
                 HoldTicket* ticket, Locking locking, LookAtKeys look);

    using Answers = std::vector<Result<Placed>>;
    Answers run();

private:
    std::vector<std::size_t> to_look_at() const;
    void find_used_keys(const std::vector<std::size_t>& commands);
    void look_again_at_refused(Answers& answers);
    Result<Placed> answer(std::size_t index, const OfferBook& book);
    static Result<Placed> repeat(const UsedKey& used, const PlaceCommand& command);
    Result<Placed> place(std::size_t index, const OrderDraft& draft, Instant at);
    bool anything_locked(const OrderDraft& draft, const OfferBook& book, Date today) const;
    std::optional<Error> admit(std::size_t index, const OrderDraft& draft, Date today);
    Order make_order(std::size_t index, const OrderDraft& draft, const std::vector<Pick>& picks, Instant at);
    void hand_over(Answers& answers);
    void load_repeated(Answers& answers);
    void write();

    database::Session& session_;
    const Books& books_;
    const Preparation& prepared_;
    HoldTicket* ticket_;
    Locking locking_;
    LookAtKeys look_;
    Instant now_;
    NumberRange line_ids_;
    StockBook stock_;
    std::optional<Allocator> allocator_;
    std::unordered_map<std::string, UsedKey> used_;
    std::vector<std::size_t> placed_;  ///< Commands that became orders, in the order of facts_.placed.
    std::map<OrderId, Hold> holds_;
    Facts facts_;
};

}  // namespace shanhai::orders
