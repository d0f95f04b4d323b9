#include "tools/facts.hpp"

#include "chassis/database/migrations.hpp"
#include "chassis/events/consumer.hpp"
#include "chassis/events/outbox.hpp"
#include "chassis/events/set_aside.hpp"
#include "chassis/events/stream_writer.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/service/service.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <limits>

namespace shanhai::tools {
namespace {

constexpr std::chrono::seconds database_patience{10};

database::PoolOptions pool_options(const config::Settings& settings, const std::string& service) {
    auto options = chassis::database_options(settings, security::Secrets{settings.secrets}, service);
    options.threads = 1;
    return options;
}

int told(const Result<Done>& done) {
    if (!done) std::cerr << done.error().message() << '\n';
    return done ? 0 : 1;
}

int skip(const config::Settings& settings, const FactsOptions& options) {
    database::Pool pool{pool_options(settings, options.service)};
    return told(events::skip_frame(pool, options.producer, options.seq, options.who, options.reason));
}

/// Shows what waits in a service, with the id that retry and close want.
int list_set_aside(const config::Settings& settings, const FactsOptions& options) {
    database::Pool pool{pool_options(settings, options.service)};
    const auto facts = pool.transact_blocking([](database::Session& session) {
        return Result<std::vector<events::SetAside>>{events::waiting_facts(session)};
    });
    if (!facts) return told(facts.error());
    for (const auto& fact : *facts) std::cout << '#' << fact.id << ' ' << fact.text() << '\n';
    return 0;
}

int wish(const config::Settings& settings, const FactsOptions& options, events::Wish wish) {
    database::Pool pool{pool_options(settings, options.service)};
    return told(events::wish(pool, options.id, wish, options.who, options.reason));
}

/// Deletes a stream that somebody wrote to; relays and consumers then go on by themselves.
int resume(const config::Settings& settings, const FactsOptions& options) {
    const security::Secrets secrets{settings.secrets};
    const auto redis = chassis::redis_options(settings, secrets);
    observe::log_warning("stream-deleted",
                         redis.prefix + options.producer + " by " + options.who + ": " + options.reason);
    return told(events::delete_stream(redis, options.producer));
}

int seal(const config::Settings& settings, const FactsOptions& options) {
    database::Pool pool{pool_options(settings, options.service)};
    const auto migrated = database::migrate(pool, {}, database_patience);
    if (!migrated) return told(migrated.error());
    observe::log_warning("outbox-sealed", options.service + " by " + options.who + ": " + options.reason);
    const auto oldest = pool.transact_blocking(
        [](database::Session& session) -> Result<std::uint64_t> { return events::oldest_sealed(session); });
    if (!oldest) return told(oldest.error());
    std::size_t count = 0;
    for (auto before = std::numeric_limits<std::uint64_t>::max();;) {
        const auto some = pool.transact_blocking([&](database::Session& session) -> Result<events::Sealing> {
            return events::seal_frames(session, before, *oldest);
        });
        if (!some) return told(some.error());
        count += some->sealed + some->resealed;
        if (some->refused_id != 0) {
            std::cerr
                << "row " << some->refused_id
                << " of the outbox bears a wrong seal, or none after others that do: somebody changed it"
                   " or put it in. Look at it; nothing older was sealed.\n";
            return 1;
        }
        if (some->last_id == 0) break;
        before = some->last_id;
    }
    std::cout << options.service << ": " << count << " frames sealed\n";
    return 0;
}

void ask_who(CLI::App& command, FactsOptions& options) {
    command.add_option("--who", options.who, "Who decides this")->required();
    command.add_option("--reason", options.reason, "Why")->required();
}

}  // namespace

void declare_facts(CLI::App& events, FactsOptions& options, const std::vector<std::string>& services) {
    events.require_subcommand(1);
    auto* skipping = events.add_subcommand("skip", "Step over one frame that cannot be applied");
    skipping->add_option("--consumer", options.service, "The service that stopped")
        ->required()
        ->check(CLI::IsMember(services));
    skipping->add_option("--producer", options.producer, "Whose frame it is")->required();
    skipping->add_option("--seq", options.seq, "The frame's number, as the log and /readyz tell it")
        ->required();
    ask_who(*skipping, options);

    auto* listing = events.add_subcommand("set-aside", "List the facts that a service could not apply");
    listing->add_option("--consumer", options.service, "The service")
        ->required()
        ->check(CLI::IsMember(services));
    for (const auto& [name, help] :
         {std::pair{"retry", "Have the running service try such a fact again"},
          std::pair{"close", "Trust again what such a fact is about, without it"}}) {
        auto* command = events.add_subcommand(name, help);
        command->add_option("--consumer", options.service, "The service")
            ->required()
            ->check(CLI::IsMember(services));
        command->add_option("--id", options.id, "The fact's number, as the list and /readyz tell it")
            ->required();
        ask_who(*command, options);
    }

    auto* resuming = events.add_subcommand("resume", "Delete a stream in Redis that somebody tampered with");
    resuming->add_option("--producer", options.producer, "Whose stream it is")
        ->required()
        ->check(CLI::IsMember(services));
    ask_who(*resuming, options);

    auto* sealing = events.add_subcommand("seal", "Seal the outbox after an upgrade or a change of keys");
    sealing->add_option("--service", options.service, "Whose outbox")
        ->required()
        ->check(CLI::IsMember(services));
    ask_who(*sealing, options);
}

int look_after_facts(const CLI::App& events, const config::Settings& settings, const FactsOptions& options) {
    if (events.got_subcommand("skip")) return skip(settings, options);
    if (events.got_subcommand("set-aside")) return list_set_aside(settings, options);
    if (events.got_subcommand("retry")) return wish(settings, options, events::Wish::retry);
    if (events.got_subcommand("close")) return wish(settings, options, events::Wish::close);
    if (events.got_subcommand("resume")) return resume(settings, options);
    return seal(settings, options);
}

}  // namespace shanhai::tools
