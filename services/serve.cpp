#include "serve.hpp"

#include "chassis/database/accounts.hpp"
#include "chassis/events/withdrawals.hpp"
#include "chassis/http/static_files.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/observe/metrics.hpp"
#include "chassis/periodic.hpp"
#include "chassis/security/gate.hpp"
#include "chassis/service/runners.hpp"
#include "ports.hpp"
#include "registry.hpp"
#include "shop_pages/asking.hpp"

#include <malloc.h>
#include <algorithm>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <stdexcept>
#include <thread>

namespace shanhai {
namespace {

constexpr std::chrono::seconds trim_tick{30};  // What start-up and bursts left goes back to the system.

void mount_metrics(http::Router& internal) {
    internal.on_quick(http::Method::get, "/metrics", [](const http::Request&) {
        http::Response response;
        response.content_type = "text/plain; version=0.0.4; charset=utf-8";
        response.body = observe::Metrics::process().render();
        return response;
    });
}

/// The page under /docs/, and the description where tools look for it.
void mount_docs(http::Router& router, const std::filesystem::path& docs_root) {
    http::mount_static_files(router, "/docs/", docs_root);
    router.on_quick(http::Method::get, "/openapi.json", [](const http::Request&) {
        http::Response response;
        response.status = 308;
        response.content_type.clear();
        response.headers.emplace_back("Location", "/docs/openapi.json");
        return response;
    });
}

/// The auditor's desk has become a part of the one desk: addresses of before, in bookmarks and letters, lead
/// there. What stands behind a "#" goes along, as browsers keep it.
void mount_way_of_before(http::Router& router) {
    const auto lead_on = [](const http::Request& request) {
        http::Response response;
        response.status = 308;
        response.content_type.clear();
        const auto path = request.encoded_path.empty() ? request.path : request.encoded_path;
        std::string address = "/desk" + std::string{path == "/audit/" ? "/audit" : path};
        if (!request.query.empty()) address.append("?").append(request.query);
        response.headers.emplace_back("Location", std::move(address));
        return response;
    };
    router.on_quick(http::Method::get, "/audit/{path...}", lead_on);
    router.on_quick(http::Method::get, "/audit", lead_on);
}

void mount_pages(http::Router& router, const config::Settings& settings) {
    if (!settings.docs_root.empty()) mount_docs(router, settings.docs_root);
    if (settings.web_root.empty()) return;
    mount_way_of_before(router);
    http::mount_static_files(router, "/desk/", settings.web_root / "desk");
    auto ask = shop_pages::asking(router, shop_pages::FirstViews::read(settings.web_root));
    http::mount_static_files(router, "/", settings.web_root, std::move(ask), settings.public_url);
}

void guard(http::Router& router, http::Router& internal, const security::Gate& gate) {
    const auto admit = [&gate](const security::Operation& operation, http::Request& request) {
        return gate.admit(operation, request);
    };
    router.guard(security::Port::public_, admit);
    internal.guard(security::Port::internal_, admit);
}

observe::Health::Finding revocations_finding(const security::Revocations& revocations,
                                             const events::WithdrawalFollower& follower) {
    const auto age = std::chrono::floor<std::chrono::seconds>(revocations.age());
    auto said = "identity last said who was dismissed " + std::to_string(age.count()) + " s ago";
    if (const auto trouble = follower.trouble(); !trouble.what.empty()) said += " (" + trouble.what + ")";
    if (revocations.fresh()) return {true, said};
    return {false, said + ": the staff's writes are refused"};
}

observe::Health::Finding identity_finding(const events::WithdrawalFollower& follower) {
    const auto trouble = follower.trouble();
    return {!trouble.forged, trouble.forged ? trouble.what : "nobody else answers in its name"};
}

std::vector<std::unique_ptr<chassis::Service>> build(chassis::Host& host,
                                                     const std::vector<std::string>& names) {
    std::vector<std::unique_ptr<chassis::Service>> services;
    for (const auto& entry : all_services()) {
        if (std::ranges::find(names, entry.name) == names.end()) continue;
        services.push_back(entry.make(host));
        observe::log_info("service-built", entry.name);
    }
    return services;
}

/// Says in the log and in /readyz when a service runs with an account that may do more than it needs.
void report_rights(chassis::Host& host, const std::vector<std::string>& names) {
    for (const auto& name : names) {
        auto options = host.database_of(name);
        options.threads = 1;
        database::Pool pool{options};
        const auto excess = database::excessive_rights(pool);
        if (!excess || excess->empty()) continue;
        std::string said = "its database account may do too much (see shanhai grants):";
        for (const auto& one : *excess) said += " " + one + ";";
        observe::log_warning("rights-excessive", name + ": " + said);
        host.health.check(name + " account", true, [said] { return observe::Health::Finding{false, said}; });
    }
}

/// Whether what is said to that host stays on this machine.
bool local(const std::string& host) {
    return host.empty() || host == "localhost" || host.starts_with("127.") || host == "::1" ||
           host.starts_with('/');
}

void warn_of_clear_text(const config::Settings& settings) {
    if (settings.database_socket.empty() && !local(settings.database_host) &&
        settings.database_tls_ca.empty()) {
        observe::log_warning("database-in-clear", "set database-tls-ca: the database is not on this machine");
    }
    if (!local(settings.redis_address) && settings.redis_tls_ca.empty()) {
        observe::log_warning("redis-in-clear", "set redis-tls-ca: Redis is not on this machine");
    }
}

/// Some fifty threads mostly wait. Each having an arena of its own would keep what it once needed; and a
/// large block (Argon2 takes 19 MiB) goes back to the system when it is freed, not to a heap.
void keep_memory_small() {
    mallopt(M_ARENA_MAX, 4);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
}

/// Runs the workers until a signal has drained them. For `grace` after it everybody is still served, while
/// /readyz says «draining», so that a balancer has sent the next ones elsewhere when the ports close; a
/// second signal ends that.
void run_until_signalled(std::vector<std::unique_ptr<Worker>>& workers, observe::Health& health,
                         std::chrono::seconds grace) {
    using Code = boost::system::error_code;
    boost::asio::signal_set signals{workers.front()->io(), SIGINT, SIGTERM};
    boost::asio::steady_timer timer{workers.front()->io()};
    const auto stop = [&] {
        signals.cancel();
        timer.cancel();
        for (const auto& worker : workers) worker->stop();
    };
    const auto stop_unless_cancelled = [&stop](const Code& error) {
        if (!error) stop();
    };
    signals.async_wait([&](const Code& error, int) {
        if (error) return;
        observe::log_info("draining", "a signal asked the process to stop");
        health.drain();
        timer.expires_after(grace);
        timer.async_wait(stop_unless_cancelled);
        signals.async_wait([&](const Code& second, int) { stop_unless_cancelled(second); });
    });
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < workers.size(); ++i) {
        threads.emplace_back([&worker = *workers[i]] { worker.run(); });
    }
    workers.front()->run();
}

}  // namespace

int serve(const config::Settings& settings, const std::vector<std::string>& names) {
    std::signal(SIGPIPE, SIG_IGN);  // hiredis writes to sockets that may be gone.
    keep_memory_small();
    const security::Secrets secrets{settings.secrets};
    security::Revocations revocations{std::chrono::seconds{settings.revocations_age_max_seconds}};
    const security::TokenVerifier verifier{secrets.read("access_token_public")};
    const security::Gate gate{verifier, revocations};
    http::Router router;
    http::Router internal;
    guard(router, internal, gate);
    observe::Health health;
    database::Vitals vitals;
    chassis::Host host{settings, secrets, router, internal, health, vitals};

    warn_of_clear_text(settings);
    auto services = build(host, names);
    const database::Watch watch{host.database_of(names.front()), vitals};
    health.check("database", false, [&vitals] {
        const auto finding = vitals.finding();
        return observe::Health::Finding{finding.good, finding.detail};
    });
    report_rights(host, names);
    health.mount(router);
    health.mount(internal);
    mount_metrics(internal);
    mount_pages(router, settings);

    events::WithdrawalFollower follower{
        events::FeedReader{"identity", settings.feed_url("identity"), secrets.read("internal_feed"),
                           secrets.ring("facts_identity")},
        revocations};
    health.check("revocations", true, [&] { return revocations_finding(revocations, follower); });
    health.check("identity's feed", false, [&follower] { return identity_finding(follower); });
    auto workers = open_ports(settings, router, internal);
    chassis::Periodic trimmer{"memory-trim", trim_tick, [] { malloc_trim(0); }};
    chassis::Runners runners;
    runners.add("memory-trim", trimmer);
    runners.add("revocations", follower);
    for (const auto& service : services) runners.add(std::string{service->name()}, *service);
    runners.start();
    observe::log_info("listening", settings.public_url);
    run_until_signalled(workers, health, std::chrono::seconds{settings.drain_seconds});
    runners.stop();
    services
        .clear();  // Before the loops: a pool's thread that handed an answer back may still be inside one.
    observe::log_info("stopped", "everything accepted was finished");
    return 0;
}

std::vector<std::string> public_routes(const config::Settings& settings) {
    const security::Secrets secrets{settings.secrets};
    const security::Revocations revocations{std::chrono::seconds{0}};
    const security::TokenVerifier verifier{secrets.read("access_token_public")};
    const security::Gate gate{verifier, revocations};
    http::Router router;
    http::Router internal;
    guard(router, internal, gate);
    observe::Health health;
    database::Vitals vitals;
    chassis::Host host{settings, secrets, router, internal, health, vitals};
    std::vector<std::string> names;
    for (const auto& entry : all_services()) names.emplace_back(entry.name);
    const auto services = build(host, names);
    health.mount(router);
    return router.routes();
}

}  // namespace shanhai
