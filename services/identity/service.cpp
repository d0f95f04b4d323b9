#include "identity/service.hpp"

#include "chassis/events/findings.hpp"
#include "chassis/periodic.hpp"
#include "chassis/security/crypto.hpp"
#include "identity/events/organisation_events.hpp"
#include "identity/events/withdrawals.hpp"
#include "identity/http/directory_routes.hpp"
#include "identity/http/session_routes.hpp"
#include "identity/store/argon2_passwords.hpp"
#include "identity/store/mysql_identity_store.hpp"

#include <stdexcept>

namespace shanhai::identity {
namespace {

using namespace std::chrono_literals;

constexpr auto database_patience = 60s;
constexpr auto sweep_tick = 1min;

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error{"identity: " + result.error().message()};
    return std::move(*result);
}

/// The wiring diagram. Members are built in this order and destroyed in the reverse.
class IdentityService final : public chassis::Service {
public:
    explicit IdentityService(chassis::Host& host)
        : pool_{host.database_of("identity")},
          relay_{pool_, "identity", host.redis()},
          signer_{host.secrets.read("access_token_private")},
          cursors_{host.secrets.key("cursor")},
          store_{pool_, announcer(), life_of(host.settings), successor_key(host.secrets)} {
        must(database::migrate(pool_, schema(), database_patience));
        open_admin_account(host.secrets);
        sessions_.mount(host.router);
        directory_.mount(host.router);
        events::mount_feed(host.internal, pool_, "identity", host.secrets.read("internal_feed"));
        events::report_relay(host.health, "identity", relay_);
    }

    std::string_view name() const override { return "identity"; }

    void start() override {
        relay_.start();
        sweeper_.start();
    }

    void stop() override {
        sweeper_.stop();
        relay_.stop();
    }

private:
    /// The one account that exists from the start; its password is a secret until somebody opens others.
    void open_admin_account(const security::Secrets& secrets) {
        auto login = must(Login::parse("admin"));
        if (must(store_.has_account(login))) return;
        const auto admin = must(NewAccount::draft(std::move(login), "Administrator", {Role::admin}, {},
                                                  secrets.read("admin_password")));
        must(store_.open_first_account(admin, security::hash_password(admin.password())));
    }

    Announcer announcer() {
        return {publish_registered, publish_withdrawn, [this] { relay_.wake(); }};
    }

    static SessionLife life_of(const config::Settings& settings) {
        SessionLife life;
        life.absolute = std::chrono::hours{settings.session_hours_max};
        life.idle = std::chrono::minutes{settings.session_idle_minutes};
        return life;
    }

    /// Whoever has the signing key can make tokens anyway.
    static std::string successor_key(const security::Secrets& secrets) {
        return security::hmac_sha256(secrets.read("access_token_private"), "successors of refresh tokens");
    }

    database::Pool pool_;
    events::Relay relay_;
    security::TokenSigner signer_;
    http::Cursors cursors_;
    MysqlIdentityStore store_;
    Argon2Passwords passwords_;
    SignIn sign_in_{store_, passwords_, security::hash_password(security::random_bytes(16))};
    SessionRoutes sessions_{sign_in_, store_, signer_};
    DirectoryRoutes directory_{store_, passwords_, cursors_};
    chassis::Periodic sweeper_{"identity-sweep", sweep_tick, [this] { must(store_.forget_expired()); }};
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<IdentityService>(host);
}

}  // namespace shanhai::identity
