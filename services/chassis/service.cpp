#include "chassis/service.hpp"

namespace shanhai::chassis {

database::PoolOptions database_options(const config::Settings& settings, const security::Secrets& secrets,
                                       const std::string& service) {
    database::PoolOptions options;
    options.socket = settings.database_socket;
    options.host = settings.database_host;
    options.port = settings.database_port;
    options.user = settings.database_prefix + service;
    options.password = secrets.read("database_" + service);
    options.schema = options.user;
    options.threads = settings.database_threads;
    return options;
}

events::RedisOptions Host::redis() const {
    events::RedisOptions options;
    options.address = settings.redis_address;
    options.port = settings.redis_port;
    return options;
}

std::vector<events::Source> Host::sources(std::initializer_list<std::string> producers) const {
    std::vector<events::Source> sources;
    for (const auto& producer : producers) sources.push_back({producer, settings.feed_url(producer)});
    return sources;
}

events::ConsumerOptions Host::consumer_of(const std::string& service,
                                          std::initializer_list<std::string> producers) const {
    events::ConsumerOptions options;
    options.name = service;
    options.sources = sources(producers);
    options.redis = redis();
    options.internal_key = secrets.read("internal");
    return options;
}

}  // namespace shanhai::chassis
