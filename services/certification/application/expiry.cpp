#include "certification/application/expiry.hpp"

#include "certification/application/case.hpp"
#include "certification/store/expiry_rows.hpp"

namespace shanhai::certification {

using database::Session;

Expiry::Awaitable<std::vector<Expiring>> Expiry::list(ExpiryFilter filter, Author viewer, bool everything,
                                                      std::size_t count) const {
    return pool_.transact([filter = std::move(filter), viewer, everything,
                           count](Session& session) -> Result<std::vector<Expiring>> {
        return list_expiring(session, reach_of(session, viewer, everything), filter, count);
    });
}

Result<Done> Expiry::warn() {
    // A full piece may not have been the last.
    constexpr std::size_t at_once = 500;
    for (;;) {
        const auto written = pool_.transact_blocking([](Session& session) -> Result<std::size_t> {
            return write_due_warnings(session, shanghai_date(session.now()), at_once);
        });
        if (!written) return written.error();
        if (*written == 0) return Done{};
    }
}

}  // namespace shanhai::certification
