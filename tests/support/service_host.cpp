#include "support/service_host.hpp"

#include "chassis/http/request_reader.hpp"
#include "chassis/security/access_token.hpp"
#include "support/async.hpp"

#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <boost/json/parse.hpp>
#include <cstring>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace shanhai::support {
namespace {

std::string unique_prefix() {
    static std::atomic<int> count = 0;
    return "test_" + std::to_string(::getpid()) + '_' +
           std::to_string(unix_microseconds(now()) % 1'000'000'000) + '_' + std::to_string(++count) + '_';
}

std::vector<std::string> all_service_names() {
    std::istringstream names{SHANHAI_SERVICE_NAMES};
    return {std::istream_iterator<std::string>{names}, {}};
}

void as_root(const std::function<void(database::Session&)>& work) {
    database::PoolOptions options;
    options.socket = shared_server("SHANHAI_TEST_SQL_SOCKET");
    options.user = "root";
    options.threads = 1;
    database::Pool pool{options};
    const auto done = pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        work(session);
        return Done{};
    });
    if (!done) throw std::runtime_error{"root cannot: " + done.error().message()};
}

std::string raw_request(const std::string& method, const std::string& target, const std::string& body,
                        const std::vector<std::pair<std::string, std::string>>& headers) {
    std::string text = method + ' ' + target + " HTTP/1.1\r\nHost: test\r\n";
    for (const auto& [name, value] : headers) text.append(name).append(": ").append(value).append("\r\n");
    const auto typed =
        std::ranges::find(headers, "Content-Type", &std::pair<std::string, std::string>::first);
    if (!body.empty() && typed == headers.end()) text += "Content-Type: application/json\r\n";
    if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return text + "\r\n" + body;
}

void feed(http::RequestReader& reader, std::string_view text) {
    while (!text.empty()) {
        const auto space = reader.space();
        const auto part = std::min(space.size(), text.size());
        std::memcpy(space.data(), text.data(), part);
        reader.commit(part);
        text.remove_prefix(part);
    }
}

}  // namespace

std::string Answer::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (http::equal_without_case(key, name)) return value;
    }
    return {};
}

boost::json::value Answer::json() const { return boost::json::parse(body); }

std::string Answer::problem() const {
    const std::string type{json().at("type").as_string()};
    return type.substr(type.rfind(':') + 1);
}

std::string Answer::pointer() const {
    return std::string{json().at("errors").at(0).at("pointer").as_string()};
}

ServiceHost::ServiceHost(const std::string& service)
    : secrets_{folder_.path() / "secrets"}, service_{service} {
    security::make_platform_secrets(folder_.path() / "secrets", all_service_names());
    settings_.sandbox_payments = settings_.backfill = true;
    settings_.database_socket = shared_server("SHANHAI_TEST_SQL_SOCKET");
    settings_.database_prefix = unique_prefix();
    settings_.database_threads = 2;
    settings_.programs = SHANHAI_PROGRAMS;
    settings_.redis_port = free_port();  // Nobody is there: Redis is only speed.
    settings_.internal_url = "http://127.0.0.1:" + std::to_string(free_port());
    schema_ = settings_.database_prefix + service;
    as_root([this](database::Session& session) {
        for (const auto& statement : database::account_statements(accounts())) session.run(statement);
    });
}

database::Accounts ServiceHost::accounts() const {
    return {schema_, secrets_.read("database_" + service_), secrets_.read("database_" + service_ + "_owner"),
            "localhost"};
}

ServiceHost::~ServiceHost() {
    stop();
    pool_.reset();
    as_root([this](database::Session& session) {
        session.run("DROP DATABASE " + schema_);
        for (const auto* host : {"localhost", "127.0.0.1", "::1"}) {
            session.execute("DROP USER ?@?, ?@?", schema_, host, schema_ + "_owner", host);
        }
    });
}

void ServiceHost::run(const Make& make) {
    stop();
    router_ = std::make_unique<http::Router>();
    internal_ = std::make_unique<http::Router>();
    verifier_ = std::make_unique<security::TokenVerifier>(secrets_.read("access_token_public"), clock_);
    gate_ = std::make_unique<security::Gate>(*verifier_, revocations_);
    const auto admit = [this](const security::Operation& operation, http::Request& request) {
        return gate_->admit(operation, request);
    };
    router_->guard(security::Port::public_, admit);
    internal_->guard(security::Port::internal_, admit);
    health_ = std::make_unique<observe::Health>();
    host_.reset(new chassis::Host{settings_, secrets_, *router_, *internal_, *health_, vitals_, &clock_});
    health_->mount(*internal_);
    running_ = make(*host_);
    running_->start();
    if (!pool_) pool_ = std::make_unique<database::Pool>(host_->database_of(service_));
}

void ServiceHost::stop() {
    if (running_) running_->stop();
    running_.reset();
}

Answer ServiceHost::call(const std::string& method, const std::string& target, const std::string& body,
                         const Headers& headers) {
    return ask(*router_, method, target, body, headers);
}

Answer ServiceHost::call_internal(const std::string& method, const std::string& target,
                                  const std::string& body, const Headers& headers) {
    return ask(*internal_, method, target, body, headers);
}

Answer ServiceHost::ask(const http::Router& router, const std::string& method, const std::string& target,
                        const std::string& body, const Headers& headers) {
    static const std::vector<std::string> large{"/v1/products/imports", "/v1/lots/imports",
                                                "/v1/stock/imports"};
    http::RequestReader::Limits limits;
    limits.large_paths = large;
    limits.large_body_max = 8U << 20U;
    http::RequestReader reader{limits};
    feed(reader, raw_request(method, target, body, headers));
    if (reader.advance() != http::RequestReader::Progress::complete) {
        throw std::runtime_error{"the test's request cannot be read"};
    }
    reader.request().remote_address = address_;
    auto& io = [this]() -> boost::asio::io_context& {
        const std::lock_guard lock{calls_mutex_};
        return calls_.emplace_back();
    }();
    const auto response = finish(io, router.answer(reader.request()));
    io.restart();
    io.run();  // A batcher may hold on to it for a moment longer.
    return {response.status, std::string{response.content()}, response.content_type, response.headers};
}

Answer ServiceHost::call_as(const std::string& role, const std::string& method, const std::string& target,
                            const std::string& body, std::uint64_t organisation) {
    return call(method, target, body, {{"Authorization", bearer(role, organisation)}});
}

std::string ServiceHost::bearer(const std::string& role, std::uint64_t organisation) const {
    const security::TokenSigner signer{secrets_.read("access_token_private")};
    const security::Principal principal{1, organisation, "test", {role}};
    return "Bearer " + signer.sign(principal, clock_.now(), std::chrono::minutes{10});
}

std::int64_t ServiceHost::number(const std::string& sql) {
    std::int64_t value = 0;
    transact([&](database::Session& session) {
        auto rows = session.query(sql);
        if (!rows.next()) throw std::runtime_error{"no row: " + sql};
        value = rows.integer(0);
    });
    return value;
}

void ServiceHost::transact(const std::function<void(database::Session&)>& work) {
    const auto done = pool_->transact_blocking([&](database::Session& session) -> Result<Done> {
        work(session);
        return Done{};
    });
    if (!done) throw std::runtime_error{"the transaction failed: " + done.error().message()};
}

}  // namespace shanhai::support
