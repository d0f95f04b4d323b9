#include "chassis/config/command_line.hpp"

#include "chassis/http/address.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace shanhai::config {
namespace {

/// "database-host" is SHANHAI_DATABASE_HOST in the environment.
std::string environment_name(std::string name) {
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c == '-' ? '_' : static_cast<char>(std::toupper(c)); });
    return "SHANHAI_" + name;
}

/// A URL that links are made from: with a scheme, without a slash at its end.
std::string check_url(const std::string& url) {
    const bool scheme = url.starts_with("http://") || url.starts_with("https://");
    if (!scheme || url.ends_with('/')) return "must begin with http:// or https:// and not end with a slash";
    return {};
}

std::string check_address(const std::string& address) {
    boost::system::error_code error;
    boost::asio::ip::make_address(address, error);
    return error ? "must be an IPv4 or IPv6 address" : std::string{};
}

std::string check_network(const std::string& network) try {
    http::Networks{{network}};
    return {};
} catch (const std::invalid_argument& error) {
    return error.what();
}

std::string check_peer(const std::string& peer) {
    const auto equals = peer.find('=');
    if (equals == std::string::npos) return "must look like catalog=http://10.0.0.2:8081";
    return check_url(peer.substr(equals + 1));
}

class Declaration {
public:
    explicit Declaration(CLI::App& app) : app_{app} {}

    template <class T>
    CLI::Option* setting(const std::string& name, T& value, const std::string& help) {
        return app_.add_option("--" + name, value, help)
            ->envname(environment_name(name))
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
            ->capture_default_str();
    }

private:
    CLI::App& app_;
};

}  // namespace

void declare_settings(CLI::App& app, Settings& settings) {
    app.set_config("--config", "", "A TOML file with these settings")
        ->envname("SHANHAI_CONFIG")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    app.allow_config_extras(CLI::config_extras_mode::error);

    Declaration declare{app};
    declare.setting("address", settings.address, "Where the public port listens; :: takes IPv4 too")
        ->check(check_address);
    declare.setting("internal-address", settings.internal_address, "Where the internal port listens")
        ->check(check_address);
    declare
        .setting("trusted-proxies", settings.trusted_proxies,
                 "Addresses and networks whose X-Forwarded-For is believed: 127.0.0.1,10.0.0.0/8")
        ->delimiter(',')
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->check(check_network);
    declare.setting("connections-max", settings.connections_max, "Connections of the public port")
        ->check(CLI::Range(16, 1'000'000));
    declare
        .setting("connection-memory-mib", settings.connection_memory_mib,
                 "Memory for bodies and answers of all connections together")
        ->check(CLI::Range(4, 65'536));
    declare.setting("limits", settings.limits, "Whether anybody may ask only so often");
    declare.setting("limits-factor", settings.limits_factor, "How much wider the limits are than usual")
        ->check(CLI::Range(0.001, 1e6));
    declare.setting("loop-clock", settings.loop_clock, "What a stall of a loop counts: wall or cpu time")
        ->check(CLI::IsMember({"wall", "cpu"}));
    declare.setting("port", settings.port, "The public port");
    declare.setting("internal-port", settings.internal_port, "Feeds, metrics, health; not for the public");
    declare.setting("public-url", settings.public_url, "What codes and links begin with")->check(check_url);
    declare.setting("internal-url", settings.internal_url, "Where this process's feeds are reached")
        ->check(check_url);
    declare.setting("peers", settings.peers, "Feeds of services elsewhere: catalog=http://10.0.0.2:8081")
        ->delimiter(',')
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->check(check_peer);
    declare.setting("threads", settings.threads, "Threads that answer requests; 0: one a core")
        ->check(CLI::Range(0, 256));
    declare.setting("certificate-file", settings.certificate_file,
                    "PEM chain; with it the public port speaks TLS");
    declare.setting("key-file", settings.key_file, "PEM key of the certificate");
    declare.setting("database-socket", settings.database_socket,
                    "Unix socket of MySQL; wins over host and port");
    declare.setting("database-host", settings.database_host, "Host of MySQL or MariaDB");
    declare.setting("database-port", settings.database_port, "Its port");
    declare.setting("database-prefix", settings.database_prefix,
                    "Schema and user of a service: prefix + name");
    declare.setting("database-threads", settings.database_threads, "Connections of each service's pool")
        ->check(CLI::Range(1, 64));
    declare.setting("redis-address", settings.redis_address, "Numeric address or socket path of Redis");
    declare.setting("redis-port", settings.redis_port, "Its port");
    declare.setting("secrets", settings.secrets, "Folder of secret files");
    declare.setting("web-root", settings.web_root, "Folder of the built pages; empty: none");
    declare.setting("docs-root", settings.docs_root, "Folder of the API pages; empty: none");
    declare.setting("log-level", settings.log_level, "debug, info, warning or error")
        ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
    declare.setting("access-log", settings.access_log, "A line for each answered request");
    declare
        .setting("catalogue-age-max-seconds", settings.catalogue_age_max_seconds,
                 "Nothing is sold on catalogue facts older than this")
        ->check(CLI::Range(1, 86'400));
    declare
        .setting("reservation-seconds", settings.reservation_seconds,
                 "How long stock is held for an unpaid order")
        ->check(CLI::Range(1, 86'400));
    declare.setting("sandbox-payments", settings.sandbox_payments, "Offer the sandbox payment page");
    declare.setting("ledger-origin", settings.ledger_origin, "Name of the ledger in its signed checkpoints");
}

std::vector<std::string> arguments_with_environment(CLI::App& app, int argc, const char* const* argv) {
    std::vector<std::string> arguments;
    for (const auto* option : app.get_options()) {
        const auto& variable = option->get_envname();
        const char* value = variable.empty() ? nullptr : std::getenv(variable.c_str());
        if (value != nullptr && *value != '\0') arguments.push_back(option->get_name() + "=" + value);
    }
    arguments.insert(arguments.end(), argv + 1, argv + argc);
    std::ranges::reverse(arguments);  // What CLI11 wants.
    return arguments;
}

}  // namespace shanhai::config
