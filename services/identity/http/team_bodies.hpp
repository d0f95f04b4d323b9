#pragma once

#include "chassis/http/json.hpp"
#include "identity/domain/team.hpp"

#include <boost/json/object.hpp>
#include <string>

namespace shanhai::identity {

struct InvitationBody {
    OrganisationId house{};
    Offer offer;
};
struct AcceptanceBody {
    std::string token;
    Login login;
    std::string name;
    std::string password;
};
struct ResetBody {
    std::string token;
    std::string new_password;
};

/// Who asks. An owner who is an administrator, too, there is none: duties are separate.
Manager manager_in(const http::Request& request);

// Each fails with 415, 400 or 422, naming every field that is wrong.

/// The house is the manager's own; an administrator names one.
Result<InvitationBody> invitation_in(const http::Request& request, const Manager& manager);
Result<std::string> token_in(const http::Request& request);
Result<AcceptanceBody> acceptance_in(const http::Request& request);
Result<ResetBody> reset_in(const http::Request& request);
Result<MemberChange> member_change_in(const http::Request& request);

/// An invitation, without its secret.
boost::json::object json_of(const Link& link, Instant at);

}  // namespace shanhai::identity
