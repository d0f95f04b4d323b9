#pragma once

#include "certification/domain/batch.hpp"
#include "chassis/database/pool.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace shanhai::certification {

/// The rules of schemes, and the batches of each year that go by them.
class Ruling {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    /// Writes what a scheme is called into the outbox.
    using Announce = std::function<void(database::Session&, const Scheme&)>;

    /// `committed` is called after every transaction that told something.
    Ruling(database::Pool& pool, Announce announce, std::function<void()> committed)
        : pool_{pool}, announce_{std::move(announce)}, committed_{std::move(committed)} {}

    /// Of schemes that were here before anybody asked for their names.
    Result<Done> tell_untold();

    Awaitable<std::vector<Scheme>> schemes(std::string after, std::size_t count) const;
    /// Fails with 404 `scheme-unknown`.
    Awaitable<Scheme> scheme(SchemeCode code) const;
    /// A new scheme of the author's office, or, when `current` is the version there is, the next version of
    /// its own. Fails with 403 `not-the-authority`, also for an office of an assisted county, which makes
    /// none; 409 `scheme-exists`, 412 `version-stale`.
    Awaitable<Scheme> rule(Scheme wanted, std::optional<int> current, Author author);

    Awaitable<std::vector<Batch>> batches(std::optional<SchemeCode> scheme, BatchId after,
                                          std::size_t count) const;
    /// Under the newest version of its scheme. Fails with 403 `not-the-authority`, 409 `batch-exists`.
    Awaitable<Batch> open_batch(Batch batch, Author author);

private:
    database::Pool& pool_;
    Announce announce_;
    std::function<void()> committed_;
};

}  // namespace shanhai::certification
