#pragma once

#include "identity/domain/account.hpp"
#include "identity/domain/organisation.hpp"
#include "vocabulary/result.hpp"
#include "vocabulary/trade.hpp"

#include <optional>
#include <vector>

namespace shanhai::identity {

/// The roles of one account: at least one, none twice, and none that would let somebody check their own work.
/// Merchant and operator may go together; certifier, auditor and admin each stand alone, since who certifies
/// does not sell, who audits changes nothing, and who manages accounts does nothing else. Fails with
/// Failure::invalid, pointing at /roles.
Result<std::vector<Role>> separate_duties(std::vector<Role> roles);

/// The first of these roles that nobody has who works for an organisation of that kind; nothing when all fit.
/// A certifier works for an office, an auditor for one or for an auditing body, a clerk for who sells (the
/// operator does, too: 自营), and whoever runs the platform for its operator.
std::optional<Role> misplaced(const std::vector<Role>& roles, OrganisationKind employer);

/// Whether an account with these roles is to have a second factor, whichever way it came to be: who certifies
/// or audits for an office, since that word counts as a second person's. An administrator may ask it of
/// everybody else, and may spare somebody (SecondFactors::demand).
bool needs_second_factor(const std::vector<Role>& roles);

/// The kinds of houses whose people are named to somebody in these roles, since their steps are theirs to
/// look at: offices to a certifier (a merchant acts as its house), all but auditors to an operator, everybody
/// to auditors and administrators. Who works for no house runs the platform.
std::vector<OrganisationKind> named_to(const std::vector<Role>& roles);

/// Whose accounts those of a house see who are in these roles: an office's people one another, a merchant's
/// those who sell.
std::vector<Role> colleagues_of(const std::vector<std::string>& token_roles);

/// 422 at /position unless it is a merchant's: nobody else has one.
std::optional<Error> fault_of_position(const std::vector<Role>& roles, std::optional<Position> position);

}  // namespace shanhai::identity
