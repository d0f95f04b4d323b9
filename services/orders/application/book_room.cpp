#include "orders/application/book_room.hpp"

#include "chassis/observe/metrics.hpp"
#include "orders/store/fact_store.hpp"

#include <algorithm>

namespace shanhai::orders {
namespace {

constexpr std::uint64_t order_number_block = 20'000;
constexpr std::uint64_t row_number_block = 1'000'000;

HoldCaps caps_of(const config::Settings& settings) {
    return {settings.hold_orders_per_telephone, settings.hold_orders_per_address,
            settings.hold_orders_per_network, settings.hold_shelf_percent, settings.hold_network_percent};
}

}  // namespace

BookRoom::BookRoom(database::Pool& pool, const config::Settings& settings, const security::Secrets& secrets,
                   Publish publish, std::function<void()> committed)
    : pool_{pool},
      vault_{secrets.key("vault_master"), secrets.key("phone_hmac")},
      holds_{caps_of(settings)},
      order_numbers_{pool, "order", order_number_block},
      row_numbers_{pool, "row", row_number_block},
      books_{pool,
             offers_,
             vault_,
             order_numbers_,
             row_numbers_,
             std::move(publish),
             std::move(committed),
             std::chrono::seconds{settings.reservation_seconds},
             std::chrono::seconds{std::min(settings.hold_seconds, settings.reservation_seconds)},
             holds_.caps().none() ? nullptr : &holds_} {
    observe::Metrics::process().gauge("shanhai_orders_unpaid_holds",
                                      "Unpaid orders that hold goods, as this process knows them", {},
                                      [this] { return static_cast<double>(holds_.size()); });
}

Result<Done> BookRoom::refresh_offers() {
    std::uint64_t count = known_touches_;
    const auto read = [&](database::Session& session) -> Result<std::optional<OfferBook>> {
        const auto changes = database::touched_after(session, known_touches_);
        if (!changes) return std::optional<OfferBook>{};
        count = changes->count;
        if (!changes->since) return std::optional{load_book(session)};
        return std::optional{changed_book(session, *offers_.get(), *changes)};
    };
    auto book = pool_.transact_blocking(read);
    if (!book) return book.error();
    if (*book) offers_.set(std::move(**book));
    known_touches_ = count;  // Not before: the work may have run twice.
    return Done{};
}

}  // namespace shanhai::orders
