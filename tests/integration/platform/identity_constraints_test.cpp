#include "identity/service.hpp"
#include "integration/platform/checks.hpp"

namespace shanhai {
namespace {

using namespace checks;

json::object organisation() { return {{"name", "大关县翠竹专业合作社"}, {"kind", "MERCHANT"}}; }
json::object account() {
    return {{"login", "li.ming"},
            {"password", "a long pass phrase"},
            {"name", "李明"},
            {"roles", json::array{"merchant"}}};
}

TEST(Checks, OfIdentityAreReachedByNoRequest) {
    ServiceHost host{"identity"};
    host.run(identity::make_service);
    const auto refused = [](const char* check, const char* role, const char* target, auto body,
                            const char* pointer) {
        return Refused{check, role, "POST", target, body, pointer};
    };
    const auto* const of_papers = "the body is refused there: Onboardings.NameWhatIsWrong";
    const auto* const of_steps = "only a decision of the domain gets there";
    expect_all(
        host,
        {refused(
             "organisation.organisation_kind", "operator", "/v1/organisations",
             [] { return with(organisation(), "kind", "SHOP"); }, "/kind"),
         refused(
             "organisation.organisation_county", "operator", "/v1/organisations",
             [] { return with(organisation(), "county_code", "030624"); }, "/county_code"),
         refused(
             "account.account_login_form", "admin", "/v1/accounts",
             [] { return with(account(), "login", "li ming"); }, "/login"),
         refused(
             "account_role.account_role_known", "admin", "/v1/accounts",
             [] { return with(account(), "roles", json::array{"king"}); }, "/roles/0"),
         refused(
             "account.account_position", "admin", "/v1/accounts",
             [] { return with(account(), "position", "KING"); }, "/position")},
        {{"api_key.api_key_life",
          "the body takes a day at least: ApiKeysOfAHouse.AreMadeByItsOwnerWhoKnowsThePassword"},
         {"api_key.api_key_scopes",
          "the body takes one at least: ApiKeysOfAHouse.AreMadeByItsOwnerWhoKnowsThePassword"},
         {"account.account_password", "the store is given hashes only"},
         {"account.account_disabled_as", "no request names it"},
         {"session.session_end", "the store writes both at once"},
         {"session.session_end_known", "the store names the reason"},
         {"refresh_token.refresh_token_life", "the store adds a positive life"},
         {"link.link_purpose", "no request names it"},
         {"link.link_role",
          "it is refused at /role: "
          "OfficeTeam.GivesOnlyWhatItsOwnKindHoldsAndNobodyMoreThanTheyAre"},
         {"link.link_position", "it is refused at /position: Team.IsInvitedByItsOwnOwnerOrAnAdministrator"},
         {"link.link_life", "the store adds a positive life"},
         {"link.link_ends_once",
          "a link that ended is refused: Team.RefusesLinksThatAreUsedOldWithdrawnOrNone"},
         {"link.link_whose", "each use case writes what its purpose needs"},
         {"onboarding.onboarding_state_known", of_steps},
         {"onboarding.onboarding_kind", of_papers},
         {"onboarding.onboarding_food", of_papers},
         {"onboarding.onboarding_made", of_steps},
         {"onboarding.onboarding_password", of_steps},
         {"onboarding_step.onboarding_step_action", of_steps},
         {"onboarding_step.onboarding_step_papers", of_steps}});
}

}  // namespace
}  // namespace shanhai
