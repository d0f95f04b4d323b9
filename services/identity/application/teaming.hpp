#pragma once

#include "chassis/database/telling.hpp"
#include "identity/domain/organisation.hpp"
#include "identity/domain/team.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::identity {

/// The people of a house or an office: invitations and reset links, each a secret that is told once, works
/// once and for a time; and what an owner, or a colleague, makes of the members.
class Teaming {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    struct Told {
        std::function<void(database::Session&, const Withdrawal&)> withdraw;
        std::function<void()> committed;
    };
    Teaming(database::Pool& pool, Told told) : pool_{pool}, told_{std::move(told)} {}

    struct Made {
        Link link;
        std::string token;  ///< For the person who is meant, and nobody else.
    };
    /// Fails with 422 at /organisation_id unless it is a house that this manager looks after, as
    /// place_offered does, and with 409 `too-many-invitations`.
    Awaitable<Made> invite(Manager manager, OrganisationId house, Offer offer);
    /// Of the houses that this manager looks after (of one of them: `house`), ended ones too.
    Awaitable<std::vector<Link>> invitations(Manager manager, std::optional<OrganisationId> house,
                                             LinkId after, std::size_t count) const;
    /// Withdrawing twice is no failure. Fails with 404 `invitation-unknown`, 409 `link-used`.
    Awaitable<Link> withdraw(Manager manager, LinkId id);

    /// Whom an invitation asks where.
    struct Preview {
        Link link;
        Organisation house;
    };
    /// Fails with 404 `link-unknown`, and as Link::fault_of_using does; 409 `link-withdrawn` also once its
    /// maker may let nobody into that house any more.
    Awaitable<Preview> preview(std::string token);
    /// Opens the account. Fails as preview does, and with 409 `login-taken`.
    Awaitable<Account> accept(std::string token, Login login, std::string name, std::string password_hash);

    /// A link by which that account's owner chooses another password; one from before opens nothing any more.
    /// Fails with 404 `account-unknown`, also for whoever this manager does not look after, and 409
    /// `own-account`.
    Awaitable<Made> offer_reset(Manager manager, AccountId id);
    /// Whose password it is. Fails as preview does, and with 409 `link-withdrawn` once the account works
    /// elsewhere.
    Awaitable<Account> reset_target(std::string token);
    /// Sets the password and ends the account's sessions. Fails as preview does.
    Awaitable<Done> reset(std::string token, std::string password_hash);

    /// As members_of.
    Awaitable<std::vector<Account>> members(OrganisationId house, std::vector<Role> roles, AccountId after,
                                            std::size_t count) const;
    /// Of a merchant's people and an office's only, whoever asks. Ends the member's sessions. Fails with 404
    /// `account-unknown`, and as fault_of_change and fault_of_office_change do.
    Awaitable<Account> change(Manager manager, AccountId id, MemberChange change);

private:
    database::Pool& pool_;
    Told told_;
};

}  // namespace shanhai::identity
