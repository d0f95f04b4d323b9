#pragma once

#include "chassis/database/pool.hpp"
#include "newservice/domain/things.hpp"

namespace shanhai::newservice {

/// Things in MariaDB.
class MysqlThings final : public Things {
public:
    explicit MysqlThings(database::Pool& pool) : pool_{pool} {}

    boost::asio::awaitable<Result<std::vector<Thing>>> list(ThingId after, std::size_t count) override;

private:
    database::Pool& pool_;
};

}  // namespace shanhai::newservice
