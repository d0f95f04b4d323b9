#pragma once

#include "certification/domain/batch.hpp"
#include "chassis/database/pool.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::certification {

/// The rules of schemes, and the batches of each year that go by them.
class Ruling {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    explicit Ruling(database::Pool& pool) : pool_{pool} {}

    Awaitable<std::vector<Scheme>> schemes(std::string after, std::size_t count) const;
    /// Fails with 404 `scheme-unknown`.
    Awaitable<Scheme> scheme(SchemeCode code) const;
    /// A new scheme of the author's office, or, when `current` is the version there is, the next version of
    /// its own. Fails with 403 `not-the-authority`, 409 `scheme-exists`, 412 `version-stale`.
    Awaitable<Scheme> rule(Scheme wanted, std::optional<int> current, Author author);

    Awaitable<std::vector<Batch>> batches(std::optional<SchemeCode> scheme, BatchId after,
                                          std::size_t count) const;
    /// Under the newest version of its scheme. Fails with 403 `not-the-authority`, 409 `batch-exists`.
    Awaitable<Batch> open_batch(Batch batch, Author author);

private:
    database::Pool& pool_;
};

}  // namespace shanhai::certification
