#pragma once

#include "certification/domain/edition.hpp"
#include "certification/domain/known.hpp"
#include "certification/store/announcement.hpp"
#include "chassis/database/telling.hpp"
#include "chassis/workers.hpp"

#include <functional>

namespace shanhai::certification {

/// What became another between two editions.
struct Comparison {
    Edition edition;
    std::optional<Edition> from;  ///< Nothing: there was none before, and everything is new.
    Difference difference;
};

/// Editions of the catalogue: frozen by the office that decides under a scheme, and read by everybody.
class Publishing {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    /// `committed` is called after every transaction that announced (it wakes the relay).
    Publishing(database::Pool& pool, AnnounceEdition announce, std::function<void()> committed)
        : pool_{pool}, announce_{std::move(announce)}, committed_{std::move(committed)} {}

    /// Everything that is in force now, as the next edition of that year. Fails with 422 `/scheme`, 403
    /// `not-the-authority`, 409 `edition-unchanged` when the last one says the same, `edition-empty` when
    /// there is none and nothing to say, `catalogue-too-large`, `editions-full`, 503 `handover-open`, and
    /// `product-unsure` when what was told of one of the products is not known for sure.
    Awaitable<Edition> freeze(SchemeCode scheme, int year, Author author);

    Awaitable<std::vector<Edition>> list(EditionFilter filter, EditionId after, std::size_t count) const;
    /// Fails with 404 `edition-unknown`, as all below.
    Awaitable<Edition> find(EditionId id) const;
    /// The bytes as they were frozen: their SHA-256 is the edition's.
    Awaitable<std::string> content(EditionId id) const;
    /// What `draw` makes of the edition's bytes, made on a thread of its own: it may take long.
    using Draw = std::function<Result<std::string>(const std::string& content)>;
    Awaitable<std::string> drawn(EditionId id, Draw draw);
    /// To `from`, or to the one before. 422 `from` when that is no edition of the same scheme.
    Awaitable<Comparison> compare(EditionId id, std::optional<EditionId> from) const;

private:
    database::Pool& pool_;
    AnnounceEdition announce_;
    std::function<void()> committed_;
    chassis::Workers drawing_{1};
};

}  // namespace shanhai::certification
