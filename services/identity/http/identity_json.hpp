#pragma once

#include "chassis/http/json.hpp"
#include "chassis/security/access_token.hpp"
#include "identity/domain/correction.hpp"
#include "identity/domain/identity_store.hpp"

#include <boost/json/object.hpp>

namespace shanhai::identity {

struct Credentials {
    Login login;
    std::string password;
    std::optional<std::string> code{};  ///< Of the second factor.
};

// Each fails with 415, 400 or 422, naming every field that is wrong.
Result<Credentials> credentials_of(const http::Request& request);
Result<std::string> refresh_token_of(const http::Request& request);
Result<NewAccount> account_of(const http::Request& request);
Result<NewOrganisation> organisation_of(const http::Request& request);
Result<OrganisationCorrection> correction_of(const http::Request& request);
Result<bool> disabled_of(const http::Request& request);
Result<AccountChange> change_of(const http::Request& request);

struct PasswordChange {
    Credentials present;
    std::string new_password;
};
Result<PasswordChange> password_change_of(const http::Request& request);

// Each fails with Failure::invalid.
Result<Role> known_role(std::string_view name);
Result<Position> known_position(std::string_view name);

boost::json::object json_of(const Account& account);
boost::json::object json_of(const Organisation& organisation);
boost::json::object json_of(const OrganisationChange& change);

/// What an access token says of an account.
security::Principal principal_of(const SignedIn& signed_in);

}  // namespace shanhai::identity
