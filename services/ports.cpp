#include "ports.hpp"

#include "chassis/http/capacity.hpp"
#include "chassis/http/limiter.hpp"
#include "chassis/observe/loop_watch.hpp"
#include "chassis/observe/metrics.hpp"
#include "chassis/sheets/table.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <thread>

namespace shanhai {
namespace {

constexpr std::size_t internal_connections_max = 128;
constexpr std::size_t mebibyte = 1024 * 1024;

/// One network may take a quarter of what there is: an office has hundreds, a flood thousands.
constexpr std::size_t networks_share = 4;

/// Tables of thousands of lines.
const std::vector<std::string> imports{"/v1/products/imports", "/v1/lots/imports", "/v1/stock/imports"};
/// What takes long for a reason, and is asked for by few: see the operations' descriptions.
std::vector<std::string> slow_routes() {
    auto routes = imports;
    routes.emplace_back("/v1/audit/recomputation");
    return routes;
}

http::ServerOptions public_options(const config::Settings& settings) {
    http::ServerOptions options;
    options.address = settings.address;
    options.port = settings.port;
    options.connections_max = http::connections_within_file_limit(settings.connections_max);
    const auto share = std::max<std::size_t>(options.connections_max / networks_share, 1);
    options.count = std::make_shared<http::ConnectionCount>(
        http::ConnectionCount::Limits{options.connections_max, share});
    options.memory = std::make_shared<http::MemoryBudget>(settings.connection_memory_mib * mebibyte);
    if (settings.limits) options.limiter = std::make_shared<http::Limiter>(settings.limits_factor);
    options.trusted_proxies = settings.trusted_proxies;
    options.secure_before_proxies = settings.public_url.starts_with("https://");
    options.slow_routes = slow_routes();
    options.large_paths = imports;
    options.large_body_max = sheets::Table::bytes_max;
    options.certificate_file = settings.certificate_file;
    options.key_file = settings.key_file;
    options.access_log = settings.access_log;
    return options;
}

http::ServerOptions internal_options(const config::Settings& settings) {
    http::ServerOptions options;
    options.address = settings.internal_address;
    options.port = settings.internal_port;
    options.connections_max = internal_connections_max;
    options.body_max = 4 * mebibyte;  // Backfill sends hundreds of orders at once.
    options.handler_limit = std::chrono::minutes{2};
    options.access_log = false;  // Scrapes and feeds would drown everything else.
    return options;
}

std::size_t worker_count(const config::Settings& settings) {
    if (settings.threads != 0) return settings.threads;
    return std::max(1U, std::thread::hardware_concurrency());
}

void show_gauges(const http::ServerOptions& options) {
    auto& metrics = observe::Metrics::process();
    metrics.gauge("http_connections", "Connections of the public port.", {},
                  [count = options.count] { return static_cast<double>(count->size()); });
    metrics.gauge("http_connection_memory_bytes", "What connections hold for bodies and answers.", {},
                  [memory = options.memory] { return static_cast<double>(memory->used_bytes()); });
}

}  // namespace

void Worker::run() { observe::run_watched(io_); }

void Worker::stop() {
    boost::asio::post(io_, [this] {
        for (const auto& server : servers_) server->stop();
    });
}

std::vector<std::unique_ptr<Worker>> open_ports(const config::Settings& settings, const http::Router& router,
                                                const http::Router& internal) {
    observe::LoopWatch::count_processor_time(settings.loop_clock == "cpu");
    auto options = public_options(settings);
    show_gauges(options);
    std::vector<std::unique_ptr<Worker>> workers;
    for (std::size_t i = 0; i < worker_count(settings); ++i) {
        workers.push_back(std::make_unique<Worker>());
        options.shares_port = i > 0;
        workers.back()->listen(options, router);
    }
    workers.push_back(std::make_unique<Worker>());
    workers.back()->listen(internal_options(settings), internal);
    return workers;
}

}  // namespace shanhai
