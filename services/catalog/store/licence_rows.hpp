#pragma once

#include "catalog/domain/registration.hpp"
#include "chassis/database/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::catalog {

void append_check(database::Session& session, MerchantId merchant, const MerchantCheck& check);
std::vector<MerchantCheck> read_checks(database::Session& session, MerchantId merchant, std::uint64_t after,
                                       std::size_t count);
/// The merchant's papers, and whether nobody looked in time.
void write_licences(database::Session& session, MerchantId merchant, const Licences& licences, bool lapsed);
/// Those whose papers are overdue on that day and that are not known to be; at most `count`.
std::vector<MerchantId> overdue_merchants(database::Session& session, Date today, std::size_t count);

/// False when the house is known already.
bool remember_verified(database::Session& session, const VerifiedMerchant& verified);
/// What it is to be called once it becomes a merchant; of one that is a merchant stays what was verified.
void rename_verified(database::Session& session, OrganisationId house, const std::string& name);
/// Houses that have no merchant yet; locked.
std::vector<VerifiedMerchant> verified_without_merchant(database::Session& session);
void settle_verified(database::Session& session, OrganisationId house, std::optional<MerchantId> merchant,
                     std::optional<Hindrance> hindrance);
std::vector<Registration> read_registrations(database::Session& session, bool hindered_only,
                                             OrganisationId after, std::size_t count);

}  // namespace shanhai::catalog
