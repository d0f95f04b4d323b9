#pragma once

#include "chassis/config/settings.hpp"
#include "chassis/events/consumer.hpp"
#include "chassis/events/relay.hpp"
#include "chassis/http/router.hpp"
#include "chassis/observe/health.hpp"
#include "chassis/security/secrets.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shanhai::chassis {

/// The options of a service's own schema and user; its password is the secret "database_<service>", its
/// owner's "database_<service>_owner", its facts are sealed with "facts_<service>".
database::PoolOptions database_options(const config::Settings& settings, const security::Secrets& secrets,
                                       const std::string& service);

/// Where Redis is; the password is the secret "redis_password", if there is one.
events::RedisOptions redis_options(const config::Settings& settings, const security::Secrets& secrets);

/// What the process gives every service it runs. Outlives them all.
struct Host {
    const config::Settings& settings;
    const security::Secrets& secrets;
    http::Router& router;    ///< Public.
    http::Router& internal;  ///< Internal port.
    observe::Health& health;
    database::Vitals& vitals;      ///< What every pool tells how its database is.
    const Clock* clock = nullptr;  ///< What a test turns, see PoolOptions::clock.

    database::PoolOptions database_of(const std::string& service) const {
        auto options = database_options(settings, secrets, service);
        options.vitals = &vitals;
        options.clock = clock;
        return options;
    }
    events::RedisOptions redis() const { return redis_options(settings, secrets); }
    std::vector<events::Source> sources(std::initializer_list<std::string> producers) const;
    /// Options of a consumer named after its service.
    events::ConsumerOptions consumer_of(const std::string& service,
                                        std::initializer_list<std::string> producers) const;
};

/// One of the services of DESIGN section 2, from its own wiring diagram (services/<name>/service.cpp).
/// Its constructor migrates its schema, loads what it keeps in memory and mounts its routes; it throws
/// std::runtime_error with a sentence for the operator when it cannot.
class Service {
public:
    virtual ~Service() = default;
    virtual std::string_view name() const = 0;
    /// Starts threads: relay, consumer, batchers, sweepers.
    virtual void start() = 0;
    /// Stops them after finishing what was accepted. Called when the last request has been answered.
    virtual void stop() = 0;
};

}  // namespace shanhai::chassis
