#pragma once

#include "certification/domain/decision.hpp"
#include "certification/domain/known.hpp"
#include "certification/domain/proposal.hpp"
#include "certification/store/announcement.hpp"
#include "chassis/database/telling.hpp"
#include "vocabulary/valid.hpp"

#include <functional>

namespace shanhai::certification {

/// A certification of which something was decided, and the proposal by which or about which it was: none
/// when one person decides.
struct Changed {
    Recognition recognition;
    std::optional<Proposal> proposal;
};

/// Entering what offices decided, and what becomes of it. Whoever decides about a product has it locked
/// until the decision is committed and told.
class Certifying {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    struct Told {
        Announce certification;
        AnnounceProposal proposal;
        std::function<void()>
            committed;  ///< After every transaction that told something: it wakes the relay.
    };
    Certifying(database::Pool& pool, Told told) : pool_{pool}, told_{std::move(told)} {}

    /// Of proposals that waited before anybody asked for them.
    Result<Done> tell_untold();

    /// Fails with 409 `certified-already` when the product has an active certification of that scheme and
    /// year, `number-taken` when the scheme has given that number, 403 `not-the-authority` when the author's
    /// organisation is not the office that decides under it, 503 `handover-open` as long as the catalog has
    /// not told all that it kept before.
    Awaitable<Recognition> certify(Valid<Certification> certification, Author author);
    /// The same for an invented product, whose past is invented with it: entered on the first of its days, by
    /// nobody. 422 for goods that may be real.
    Awaitable<Recognition> certify_sample(Valid<Certification> certification);
    /// 403 `not-the-authority` as above, 409 `proposed-already` when the same waits for a second person. What
    /// takes two (domain/proposal.hpp) is proposed; a suspension holds until the second one has answered.
    Awaitable<Changed> change_state(CertificationId id, CertificationState state, std::string reason,
                                    Author author);
    /// The second person's word. 404 `proposal-unknown`, 403 as above and `second-person`, 409
    /// `answered-already`, `certification-ended`.
    Awaitable<Changed> answer(ProposalId id, bool agreed, std::string reason, Author author);
    Awaitable<std::vector<ShownProposal>> proposals(ProposalFilter filter, ProposalId after,
                                                    std::size_t count) const;

    /// Suspends what was certified on papers that do not hold any more (lapsed_kinds), once for each kind of
    /// paper: what a person has reinstated since stays so. For a periodic task; blocks.
    Result<Done> suspend_lapsed();

    /// Fails with 404 `certification-unknown`.
    Awaitable<Decided> find(CertificationId id) const;
    Awaitable<std::vector<Recognition>> list(Filter filter, CertificationId after, std::size_t count) const;

private:
    database::Pool& pool_;
    Told told_;
};

}  // namespace shanhai::certification
