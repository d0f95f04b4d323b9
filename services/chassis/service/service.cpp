#include "chassis/service/service.hpp"

namespace shanhai::chassis {

database::PoolOptions database_options(const config::Settings& settings, const security::Secrets& secrets,
                                       const std::string& service) {
    database::PoolOptions options;
    options.socket = settings.database_socket;
    options.host = settings.database_host;
    options.port = settings.database_port;
    options.user = settings.database_prefix + service;
    options.password = secrets.read("database_" + service);
    options.owner_user = options.user + "_owner";
    options.owner_password = secrets.read("database_" + service + "_owner");
    options.tls_ca = settings.database_tls_ca;
    options.schema = options.user;
    options.outbox_keys = secrets.ring("facts_" + service);
    options.threads = settings.database_threads;
    return options;
}

events::RedisOptions redis_options(const config::Settings& settings, const security::Secrets& secrets) {
    events::RedisOptions options;
    options.address = settings.redis_address;
    options.port = settings.redis_port;
    options.password = secrets.read_optional("redis_password");
    options.prefix = settings.redis_prefix;
    options.tls_ca = settings.redis_tls_ca;
    return options;
}

std::vector<events::Source> Host::sources(std::initializer_list<std::string> producers) const {
    std::vector<events::Source> sources;
    for (const auto& producer : producers) {
        sources.push_back({producer, settings.feed_url(producer), secrets.ring("facts_" + producer)});
    }
    return sources;
}

events::ConsumerOptions Host::consumer_of(const std::string& service,
                                          std::initializer_list<std::string> producers) const {
    events::ConsumerOptions options;
    options.name = service;
    options.sources = sources(producers);
    options.redis = redis();
    options.internal_key = secrets.read("internal_feed");
    return options;
}

}  // namespace shanhai::chassis
