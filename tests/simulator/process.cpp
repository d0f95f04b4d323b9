#include "simulator/process.hpp"

#include "orders/events/outgoing.hpp"
#include "orders/store/fact_store.hpp"

namespace shanhai::simulator {

Process::Process(database::Pool& to_database, Bank& bank, Trouble& met, Chance& chance)
    : pool{to_database},
      trouble{met},
      books{pool,
            offers,
            vault,
            order_numbers,
            row_numbers,
            orders::publish_facts,
            [] {},
            std::chrono::seconds{900},
            std::chrono::seconds{300},
            nullptr,
            [&chance](std::size_t count) { return chance.bytes(count); }},
      teller{bank, met} {
    providers.add(teller);
    refresh();
    // The database of one thread knows no transaction beside another: the block is there before it is needed.
    (void)row_numbers.take(1);
}

void Process::refresh() {
    auto book = pool.transact_blocking(
        [](database::Session& session) -> Result<orders::OfferBook> { return orders::load_book(session); });
    if (book) offers.set(std::move(*book));
}

}  // namespace shanhai::simulator
