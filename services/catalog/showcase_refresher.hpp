#pragma once

#include "catalog/http/showcase.hpp"
#include "catalog/store/mysql_catalog_store.hpp"
#include "chassis/periodic.hpp"

namespace shanhai::catalog {

/// Brings into the showcase what other processes wrote, and what the clock changed; and stops the sales of
/// whose papers nobody looked at in time.
class ShowcaseRefresher {
public:
    ShowcaseRefresher(MysqlCatalogStore& store, Showcase& showcase) : store_{store}, showcase_{showcase} {}

    /// Shows what is stored now; for the start, before anybody asks.
    Result<Done> show_stored();

    void start() {
        periodic_.start();
        lapsing_.start();
    }
    void stop() {
        lapsing_.stop();
        periodic_.stop();
    }
    /// Something was learnt: looks now instead of at the next tick.
    void wake() { periodic_.wake(); }

private:
    static constexpr std::chrono::milliseconds tick{500};
    static constexpr std::chrono::seconds lapse_tick{5};

    Result<Done> refresh();

    MysqlCatalogStore& store_;
    Showcase& showcase_;
    chassis::Periodic periodic_{"catalog-refresh", tick, [this] { return refresh(); }};
    chassis::Periodic lapsing_{"catalog-lapse", lapse_tick, [this] { return store_.lapse_overdue(); }};
};

}  // namespace shanhai::catalog
