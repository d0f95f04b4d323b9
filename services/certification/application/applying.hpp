#pragma once

#include "certification/domain/application.hpp"
#include "certification/store/announcement.hpp"
#include "chassis/database/telling.hpp"

#include <functional>

namespace shanhai::certification {

/// What an action says beside its name.
struct Move {
    Action action = Action::submit;
    std::string reason;  ///< What is missing, why not; may be empty where nothing needs a reason.
    std::string number;  ///< The certificate's, of CERTIFY.
};

/// Applications on their way from the merchant over its county to the office that decides. Every step is
/// appended and told, and whoever takes one names the version that he saw.
class Applying {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    struct Told {
        Announce certification;
        AnnounceStep step;
        AnnounceObjected objected;
        std::function<void()> committed;  ///< After every transaction that told something.
    };
    Applying(database::Pool& pool, Told told) : pool_{pool}, told_{std::move(told)} {}

    /// Fails with 403 `not-your-application`, 409 `applied-already`, `certified-already`, 422
    /// `/evidence/<n>/file_id` for a file that is not stored, or was handed in by another house.
    Awaitable<ShownApplication> draft(NewApplication wanted, Author author);
    /// A draft for the same product in another batch, with what was said last. Fails as draft, with 404
    /// `application-unknown` for what the author does not see, 409 `step-not-now` while that one is open.
    Awaitable<ShownApplication> renew(ApplicationId id, BatchId batch, Author author);
    /// Fails with 404 `application-unknown`, 403 `not-your-application`, 409 `step-not-now` when it is no
    /// draft, 412 `version-stale`, 422 as draft.
    Awaitable<ShownApplication> edit(ApplicationId id, int seen, ApplicationText text, Author author);
    /// See state_after; 409 `product-changed` when what was submitted is not what the product says now,
    /// `number-taken`, `batch-over`, `not-certifiable`; 412 `version-stale`.
    Awaitable<ShownApplication> act(ApplicationId id, int seen, Move move, Author author);

    /// 404 `application-unknown` also for whoever it does not concern.
    /// The papers of objections `audits` shows, too, and being one who may answer.
    Awaitable<ShownApplication> find(ApplicationId id, Author viewer, bool everything, bool audits) const;
    Awaitable<std::vector<ShownApplication>> list(ApplicationFilter filter, Author viewer, bool everything,
                                                  ApplicationId after, std::size_t count) const;

    /// 公示: what anybody may object to now.
    Awaitable<std::vector<ShownApplication>> notices(ApplicationId after, std::size_t count) const;
    /// Fails with 404 `notice-unknown` when nobody may object to that now.
    Awaitable<ShownApplication> notice(ApplicationId id) const;
    /// Fails with 404 `notice-unknown` when nobody may object to that now, 409 `objections-full` and
    /// `objection-papers-full`, 422 `/files/<n>` for a file that this key does not hold, stored, or that
    /// comes twice.
    Awaitable<MadeObjection> object(ApplicationId id, NewObjection objection);
    /// What was objected and answered, for everybody.
    Awaitable<std::vector<Objection>> answered(ApplicationId id, ObjectionId after, std::size_t count) const;
    /// Fails with 404 `objection-unknown`, 403 `not-the-authority`, 409 `answered-already`.
    Awaitable<Objection> answer(ObjectionId id, std::string answer, Author author);

private:
    database::Pool& pool_;
    Told told_;
};

}  // namespace shanhai::certification
