#include "identity/service.hpp"

#include "chassis/periodic.hpp"
#include "chassis/security/crypto.hpp"
#include "chassis/service/backbone.hpp"
#include "identity/admission.hpp"
#include "identity/application/first_account.hpp"
#include "identity/application/session_rules.hpp"
#include "identity/events/organisation_events.hpp"
#include "identity/events/withdrawals.hpp"
#include "identity/http/directory_routes.hpp"
#include "identity/http/session_routes.hpp"
#include "identity/store/argon2_passwords.hpp"
#include "identity/store/mysql_identity_store.hpp"

namespace shanhai::identity {
namespace {

constexpr std::chrono::minutes sweep_tick{1};

class Identity {
public:
    explicit Identity(chassis::Backbone& backbone)
        : signer_{backbone.secrets().read("access_token_private")},
          cursors_{backbone.secrets().key("cursor")},
          store_{backbone.pool(),
                 {publish_registered, publish_withdrawn, [&backbone] { backbone.facts_committed(); }},
                 session_life(backbone.settings()),
                 successor_key(backbone.secrets()),
                 FactorVault{backbone.secrets().key("identity_vault")}},
          admission_{backbone, sign_in_, store_, passwords_, signer_, cursors_},
          sweeper_{"identity-sweep", sweep_tick, [this, &backbone] {
                       backbone.must(store_.forget_expired());
                       backbone.must(admission_.lapse());
                   }} {
        backbone.must(open_admin_account(store_, backbone.secrets()));
        backbone.mount(sessions_, directory_, admission_);
        backbone.tell_facts();
        backbone.run(sweeper_);
    }

private:
    security::TokenSigner signer_;
    http::Cursors cursors_;
    MysqlIdentityStore store_;
    Argon2Passwords passwords_;
    SignIn sign_in_{store_, passwords_, security::hash_password(security::random_bytes(16))};
    SessionRoutes sessions_{sign_in_, store_, signer_};
    DirectoryRoutes directory_{store_, passwords_, cursors_};
    Admission admission_;
    chassis::Periodic sweeper_;
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<chassis::Wired<Identity>>(host, "identity", schema());
}

}  // namespace shanhai::identity
