#pragma once

#include "orders/application/closing.hpp"
#include "orders/application/notifications.hpp"
#include "orders/application/order_writer.hpp"
#include "orders/application/payments.hpp"
#include "orders/application/receiving.hpp"
#include "orders/application/rescue.hpp"
#include "simulator/bank.hpp"
#include "simulator/memory_link.hpp"

namespace shanhai::simulator {

/// What a copy of the orders service keeps in memory, without its threads. A crash is its end; the next one
/// begins from the tables.
struct Process {
    Process(database::Pool& to_database, Bank& bank, Trouble& met, Chance& chance);

    /// Reads the facts into memory, as the consumer's thread does after it learned something.
    void refresh();

    database::Pool& pool;
    Trouble& trouble;
    Published<orders::OfferBook> offers;
    orders::Vault vault{std::string(32, 'm'), std::string(32, 'p')};
    orders::Numbers order_numbers{pool, "order", 100};
    orders::Numbers row_numbers{pool, "row", 100'000};
    orders::Books books;
    Teller teller;
    orders::Providers providers;
    orders::OrderWriter writer{books};
    orders::Receiving receiving{books};
    orders::Payments payments{books, providers};
    orders::Closing closing{books, providers};
    orders::Notifications notifications{books};
    orders::Rescue rescue{books, closing};
};

}  // namespace shanhai::simulator
