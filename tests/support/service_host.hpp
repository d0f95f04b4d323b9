#pragma once

#include "chassis/database/accounts.hpp"
#include "chassis/security/gate.hpp"
#include "chassis/service/service.hpp"
#include "support/servers.hpp"
#include "support/turnable_clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/json/value.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace shanhai::support {

/// An answer, with its body read as JSON when it is.
struct Answer {
    int status = 0;
    std::string body;
    std::string content_type;
    std::vector<std::pair<std::string, std::string>> headers;

    std::string header(std::string_view name) const;
    boost::json::value json() const;
    /// The end of the problem's type: "lot-code-taken".
    std::string problem() const;
    /// The pointer of the problem's first fault.
    std::string pointer() const;
};

/// What a process gives one service, for tests that run the service as it is wired: a schema and a user of
/// its own on the shared MariaDB, fresh secrets, routers. Stop and destroy the service before the host.
class ServiceHost {
public:
    using Make = std::function<std::unique_ptr<chassis::Service>(chassis::Host&)>;

    explicit ServiceHost(const std::string& service);
    ~ServiceHost();
    ServiceHost(const ServiceHost&) = delete;
    ServiceHost& operator=(const ServiceHost&) = delete;

    /// Makes the service and starts it.
    void run(const Make& make);
    /// Stops and destroys it, as a clean end of the process does.
    void stop();

    /// Sends one request through the public router: "POST", "/v1/lots?x=1", a body, and further headers. From
    /// any thread.
    Answer call(const std::string& method, const std::string& target, const std::string& body = {},
                const std::vector<std::pair<std::string, std::string>>& headers = {});
    /// The same through the internal router.
    Answer call_internal(const std::string& method, const std::string& target, const std::string& body = {},
                         const std::vector<std::pair<std::string, std::string>>& headers = {});
    /// As `call`, with an access token of somebody who has this role.
    Answer call_as(const std::string& role, const std::string& method, const std::string& target,
                   const std::string& body = {}, std::uint64_t organisation = 0);
    /// The value of the header Authorization of such a somebody.
    std::string bearer(const std::string& role, std::uint64_t organisation = 0) const;

    config::Settings& settings() { return settings_; }
    /// What the service decides by, and what the tokens of `bearer` are of.
    TurnableClock& clock() { return clock_; }
    const security::Secrets& secrets() const { return secrets_; }
    /// The service's own schema, as its own user.
    database::Pool& pool() { return *pool_; }
    /// What the gate before the service knows of withdrawn tokens.
    security::Revocations& revocations() { return revocations_; }
    /// From now on requests come from this address.
    void come_from(std::string address) { address_ = std::move(address); }
    const http::Router& internal() const { return *internal_; }
    /// The first column of the first row of a query.
    std::int64_t number(const std::string& sql);
    /// Runs work in a transaction; throws std::runtime_error when it fails.
    void transact(const std::function<void(database::Session&)>& work);

private:
    database::Accounts accounts() const;
    using Headers = std::vector<std::pair<std::string, std::string>>;
    Answer ask(const http::Router& router, const std::string& method, const std::string& target,
               const std::string& body, const Headers& headers);

    /// One a call, so that threads may call at once. Kept to the end: a pool's thread that has just handed a
    /// call back may still be inside its io_context. First, so that they die after the service's threads.
    std::deque<boost::asio::io_context> calls_;
    std::mutex calls_mutex_;
    TurnableClock clock_;
    PrivateFolder folder_;
    config::Settings settings_;
    security::Secrets secrets_;
    std::string service_;
    std::string schema_;
    std::string address_;
    security::Revocations revocations_{std::chrono::seconds{0}};
    std::unique_ptr<security::TokenVerifier> verifier_;
    std::unique_ptr<security::Gate> gate_;
    std::unique_ptr<http::Router> router_;
    std::unique_ptr<http::Router> internal_;
    std::unique_ptr<observe::Health> health_;
    database::Vitals vitals_;
    std::unique_ptr<chassis::Host> host_;
    std::unique_ptr<database::Pool> pool_;
    std::unique_ptr<chassis::Service> running_;
};

}  // namespace shanhai::support
