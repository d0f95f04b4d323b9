#include "chassis/config/command_line.hpp"
#include "chassis/database/accounts.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/security/crypto.hpp"
#include "chassis/security/operations.hpp"
#include "chassis/security/secrets.hpp"
#include "check_console.hpp"
#include "payments_console.hpp"
#include "registry.hpp"
#include "serve.hpp"
#include "tools/facts.hpp"
#include "tools/seed.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <optional>

namespace {

using namespace shanhai;

constexpr int bad_usage = 2;

std::vector<std::string> service_names() {
    std::vector<std::string> names;
    for (const auto& service : all_services()) names.emplace_back(service.name);
    return names;
}

int serve_named(const config::Settings& settings, std::vector<std::string> names) {
    if (std::ranges::find(names, "all") != names.end()) names = service_names();
    observe::set_log_level(settings.log_level);
    return serve(settings, names);
}

int make_secrets(const config::Settings& settings, bool redis_password) {
    auto made = security::make_platform_secrets(settings.secrets, service_names());
    const auto password = security::base64url(security::random_bytes(24)) + "\n";
    if (redis_password && security::Secrets{settings.secrets}.make_once("redis_password", password)) {
        made.emplace_back("redis_password");
    }
    for (const auto& name : made) std::cout << "made " << (settings.secrets / name).string() << '\n';
    return 0;
}

/// SQL that makes each service's schema and accounts, for an administrator's client to run.
int print_grants(const config::Settings& settings) {
    const security::Secrets secrets{settings.secrets};
    for (const auto& service : service_names()) {
        database::Accounts accounts;
        accounts.schema = settings.database_prefix + service;
        accounts.password = secrets.read("database_" + service);
        accounts.owner_password = secrets.read("database_" + service + "_owner");
        accounts.client_host = settings.database_client_host;
        for (const auto& statement : database::account_statements(accounts)) std::cout << statement << ";\n";
    }
    return 0;
}

/// The table of operations, for which nothing has to run; or what the services really mounted.
int print_routes(const config::Settings& settings, bool mounted) {
    if (!mounted) {
        for (const auto& one : security::operations()) {
            if (one.port != security::Port::internal_) std::cout << one.method << ' ' << one.path << '\n';
        }
        return 0;
    }
    observe::set_log_level("error");
    for (const auto& route : public_routes(settings)) std::cout << route << '\n';
    return 0;
}

/// Sample data cannot be taken back out of a ledger, so that nobody may write it by an oversight.
int seed_named(const CLI::App& app, const config::Settings& settings, const tools::SeedOptions& options) {
    if (app.get_option("--public-url")->count() == 0) {
        std::cerr
            << "seed: say into which platform: --public-url (SHANHAI_PUBLIC_URL), and --internal-url for "
               "--orders. scripts/seed knows that of scripts/up.\n";
        return bad_usage;
    }
    return tools::seed(settings, options);
}

/// `shanhai payments …`: what a machine must not decide.
struct PaymentCommands {
    explicit PaymentCommands(CLI::App& app) {
        auto& payments = *app.add_subcommand("payments", "Decide about payments that wait for a human");
        payments.require_subcommand(1);
        quarantined = payments.add_subcommand("quarantined", "List what waits for a decision");
        stranded = payments.add_subcommand("stranded", "List what is open at providers not used any more");
        release = deciding(payments, "release", "Judge it again: its cause is gone");
        reject = deciding(payments, "reject", "It counts for nothing; what was really paid is given back");
        close = deciding(payments, "close", "End a payment whose provider is gone");
        refunded = deciding(payments, "refunded",
                            "End a refund whose provider is gone: it was given back in another way");
    }
    CLI::App* deciding(CLI::App& payments, const char* name, const char* help) {
        auto* command = payments.add_subcommand(name, help);
        command->add_option("--attempt", decision.attempt_number, "Number of the payment attempt")
            ->required();
        command->add_option("--who", decision.who, "Who decides this")->required();
        command->add_option("--reason", decision.reason, "Why")->required();
        return command;
    }
    /// Nothing when the command was another one.
    std::optional<int> run(const config::Settings& settings) const {
        if (*quarantined) return list_quarantined_payments(settings);
        if (*stranded) return list_stranded_payments(settings);
        if (*release) return release_payment(settings, decision);
        if (*reject) return reject_payment(settings, decision);
        if (*close) return close_payment(settings, decision);
        if (*refunded) return payment_refunded(settings, decision);
        return std::nullopt;
    }

    PaymentDecision decision;
    CLI::App* quarantined = nullptr;
    CLI::App* stranded = nullptr;
    CLI::App* release = nullptr;
    CLI::App* reject = nullptr;
    CLI::App* close = nullptr;
    CLI::App* refunded = nullptr;
};

int run(int argc, const char* const* argv) {
    CLI::App app{"Shanhai: a marketplace for consumption assistance", "shanhai"};
    app.require_subcommand(1);
    app.set_version_flag("--version", "shanhai " SHANHAI_VERSION);
    config::Settings settings;
    config::declare_settings(app, settings);

    std::vector<std::string> wanted{"all"};
    auto* serving = app.add_subcommand("serve", "Run services until SIGTERM");
    auto choices = service_names();
    choices.emplace_back("all");
    serving->add_option("services", wanted, "Which ones, or all")->check(CLI::IsMember(choices));
    auto* secrets = app.add_subcommand("secrets", "Make what is missing in the folder of secrets");
    bool redis_password = false;
    secrets->add_flag("--redis-password", redis_password,
                      "Also a password for a Redis that shall ask for one");
    auto* grants = app.add_subcommand("grants", "Print the SQL that makes schemas and users");
    auto* routes = app.add_subcommand("routes", "Print every public route");
    bool mounted = false;
    routes->add_flag("--mounted", mounted, "As the services mount them: needs secrets and databases");
    auto* seed = app.add_subcommand("seed", "Load sample data into a running platform");
    tools::SeedOptions seeding;
    tools::declare_seed_options(*seed, seeding);
    auto* events = app.add_subcommand("events", "Look after the facts between services");
    tools::FactsOptions facts;
    tools::declare_facts(*events, facts, service_names());

    auto* check = app.add_subcommand("check", "Look whether stock, orders, payments and ledger agree");
    const PaymentCommands payments{app};

    try {
        app.parse(config::arguments_with_environment(app, argc, argv));
    } catch (const CLI::ParseError& error) {
        return error.get_exit_code() == 0 ? app.exit(error) : (app.exit(error), bad_usage);
    }
    if (*serving) return serve_named(settings, wanted);
    if (*secrets) return make_secrets(settings, redis_password);
    if (*grants) return print_grants(settings);
    if (*routes) return print_routes(settings, mounted);
    if (*seed) return seed_named(app, settings, seeding);
    if (*check) return check_everything(settings);
    if (const auto code = payments.run(settings)) return *code;
    return tools::look_after_facts(*events, settings, facts);
}

}  // namespace

int main(int argc, char** argv) try { return run(argc, argv); } catch (const std::exception& error) {
    std::cerr << "shanhai: " << error.what() << '\n';
    return 1;
}
