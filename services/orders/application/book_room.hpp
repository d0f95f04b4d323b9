#pragma once

#include "chassis/config/settings.hpp"
#include "chassis/security/secrets.hpp"
#include "orders/application/books.hpp"

namespace shanhai::orders {

/// What the running service's Books refer to, as its settings and secrets say.
class BookRoom {
public:
    BookRoom(database::Pool& pool, const config::Settings& settings, const security::Secrets& secrets,
             Publish publish, std::function<void()> committed);

    const Books& books() const { return books_; }
    const Published<OfferBook>& offers() const { return offers_; }

    /// Reads the facts into memory when they changed, by this process or by another copy of the service. For
    /// the start, and then for the consumer's thread alone.
    Result<Done> refresh_offers();
    /// Reads what unpaid orders hold, unless that was just done.
    Result<Done> refresh_holds() { return holds_.refresh(pool_); }

private:
    database::Pool& pool_;
    Vault vault_;
    Published<OfferBook> offers_;
    std::uint64_t known_touches_ = 0;  // 0: there is no copy yet.
    HoldLedger holds_;
    Numbers order_numbers_;
    Numbers row_numbers_;
    Books books_;
};

}  // namespace shanhai::orders
