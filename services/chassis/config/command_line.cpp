#include "chassis/config/command_line.hpp"

#include "chassis/http/address.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
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

/// What Redis's own tools take as it is.
std::string check_prefix(const std::string& prefix) {
    const auto plain = [](unsigned char c) {
        return std::isalnum(c) != 0 || std::strchr(":._-", c) != nullptr;
    };
    if (prefix.empty() || prefix.size() > 64 || !std::ranges::all_of(prefix, plain))
        return "must be 1 to 64 letters, digits and : . _ -";
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
    declare
        .setting("drain-seconds", settings.drain_seconds,
                 "How long everybody is still served after a signal, while /readyz says draining")
        ->check(CLI::Range(0, 600));
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
    declare.setting("database-tls-ca", settings.database_tls_ca,
                    "PEM of who signed the database's certificate; then only TLS is spoken to it");
    declare.setting("database-client-host", settings.database_client_host,
                    "For grants: host or pattern from which the services connect");
    declare.setting("redis-address", settings.redis_address, "Numeric address or socket path of Redis");
    declare.setting("redis-port", settings.redis_port, "Its port");
    declare.setting("redis-tls-ca", settings.redis_tls_ca,
                    "PEM of who signed Redis's certificate; then only TLS is spoken to it");
    declare
        .setting("redis-prefix", settings.redis_prefix, "What its keys begin with; differs between platforms")
        ->check(check_prefix);
    declare.setting("secrets", settings.secrets, "Folder of secret files");
    declare.setting("programs", settings.programs,
                    "Folder of shanhai-pictures and shanhai-typesetter; empty: where this program is");
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
    declare.setting("hold-seconds", settings.hold_seconds, "How long of that until a payment is opened")
        ->check(CLI::Range(1, 86'400));
    declare
        .setting("hold-orders-per-telephone", settings.hold_orders_per_telephone,
                 "Unpaid orders of a telephone that may hold goods; 0: no cap")
        ->check(CLI::Range(0, 1'000'000));
    declare
        .setting("hold-orders-per-address", settings.hold_orders_per_address,
                 "Unpaid orders to an address; 0: no cap")
        ->check(CLI::Range(0, 1'000'000));
    declare
        .setting("hold-orders-per-network", settings.hold_orders_per_network,
                 "Unpaid orders from an IPv4 /24 or IPv6 /64; 0: no cap")
        ->check(CLI::Range(0, 1'000'000));
    declare
        .setting("hold-shelf-percent", settings.hold_shelf_percent,
                 "Share of an SKU that unpaid orders may hold together")
        ->check(CLI::Range(1, 100));
    declare
        .setting("hold-network-percent", settings.hold_network_percent,
                 "Share of an SKU that unpaid orders of one network may hold")
        ->check(CLI::Range(1, 100));
    declare.setting("sandbox-payments", settings.sandbox_payments,
                    "Offer the sandbox payment page: for demonstrations, money is only played");
    declare.setting("backfill", settings.backfill,
                    "Take sample orders of the past on the internal port: for demonstrations");
    declare
        .setting("revocations-age-max-seconds", settings.revocations_age_max_seconds,
                 "How long the staff's writes are believed while identity cannot say who was dismissed")
        ->check(CLI::Range(1, 3600));
    declare
        .setting("session-hours-max", settings.session_hours_max,
                 "How long the staff stays signed in, whatever it does")
        ->check(CLI::Range(1, 24 * 7));
    declare
        .setting("session-idle-minutes", settings.session_idle_minutes,
                 "How long the staff stays signed in without doing anything")
        ->check(CLI::Range(10, 24 * 60));
    declare.setting("ledger-origin", settings.ledger_origin, "Name of the ledger in its signed checkpoints");
    declare.setting("public-entries", settings.public_entries,
                    "Show the ledger's entries to everybody, not to auditors and verifiers alone");
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
