#include "newservice/store/mysql_things.hpp"

namespace shanhai::newservice {

boost::asio::awaitable<Result<std::vector<Thing>>> MysqlThings::list(ThingId after, std::size_t count) {
    auto work = [after, count](database::Session& session) -> Result<std::vector<Thing>> {
        auto rows = session.query(
            "SELECT thing_id, name FROM thing WHERE thing_id > ? ORDER BY thing_id LIMIT ?", after, count);
        std::vector<Thing> found;
        while (rows.next()) found.push_back({rows.id<ThingId>(0), rows.text(1)});
        return found;
    };
    co_return co_await pool_.transact(std::move(work));
}

}  // namespace shanhai::newservice
