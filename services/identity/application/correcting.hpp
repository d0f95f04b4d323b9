#pragma once

#include "chassis/database/telling.hpp"
#include "identity/domain/correction.hpp"

#include <functional>
#include <vector>

namespace shanhai::identity {

/// Organisations as they are registered, and their corrections: each by one person, with its reason, appended
/// to a history and told to the other services. Two people verify a house once, when it comes; a renewed
/// paper is then looked at by one person of the operator, as every year, and so is a new name.
class Correcting {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    struct Told {
        /// Writes the fact of an organisation that was corrected, and by whom, last in the transaction.
        std::function<void(database::Session&, const Organisation&, AccountId)> corrected;
        std::function<void()> committed;
    };
    Correcting(database::Pool& pool, Told told) : pool_{pool}, told_{std::move(told)} {}

    /// Fails with 404 `organisation-unknown`.
    Awaitable<Organisation> find(OrganisationId id) const;
    /// The same facts again change nothing. Fails as find and fault_of_correcting do, with 412
    /// `version-stale` when it is not at `version` any more, and with 409 `organisation-exists` when another
    /// one has the name or the code.
    Awaitable<Organisation> correct(OrganisationId id, OrganisationCorrection wanted, int version,
                                    AccountId by, bool administrator);
    /// Oldest first. Fails as find does.
    Awaitable<std::vector<OrganisationChange>> changes(OrganisationId id, std::uint64_t after,
                                                       std::size_t count) const;

private:
    database::Pool& pool_;
    Told told_;
};

}  // namespace shanhai::identity
