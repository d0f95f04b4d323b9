#include "support/servers.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace shanhai::support {
namespace {

std::string shell_quoted(const std::string& word) {
    std::string out{"'"};
    for (const char c : word) out += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return out + "'";
}

std::string output_of(const std::string& command) {
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error{"cannot run " + command};
    std::string text;
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) != 0;) {
        text.append(buffer.data(), got);
    }
    if (::pclose(pipe) != 0) throw std::runtime_error{"failed: " + command};
    return text;
}

/// Calls one of the functions of scripts/lib/servers.sh.
std::string call(const std::string& function, const std::filesystem::path& folder,
                 const std::vector<std::string>& options = {}) {
    // A sanitizer that was preloaded into this process is no business of the servers.
    std::string script = ". " + shell_quoted(SHANHAI_SERVER_FUNCTIONS) + " && " + function + ' ' +
                         shell_quoted(folder.string());
    for (const auto& option : options) script += ' ' + shell_quoted(option);
    return output_of("exec bash -c " + shell_quoted(script));
}

std::string trimmed(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

std::filesystem::path new_folder() {
    const std::filesystem::path parent{SHANHAI_TEST_SERVERS};
    std::filesystem::create_directories(parent);
    std::string name = (parent / "private-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"cannot make a folder like " + name};
    return name;
}

}  // namespace

PrivateFolder::PrivateFolder() : path_{new_folder()} {}
PrivateFolder::~PrivateFolder() {
    std::error_code ignored;  // What stays is removed by scripts/lib/test-servers.
    std::filesystem::remove_all(path_, ignored);
}

std::uint16_t free_port() {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    const bool bound = ::bind(listener, reinterpret_cast<const sockaddr*>(&address), length) == 0 &&
                       ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length) == 0;
    ::close(listener);
    if (!bound) throw std::runtime_error{"no loopback port is free"};
    return ntohs(address.sin_port);
}

security::KeyRing fact_keys() { return security::KeyRing{"the key that seals the facts of tests"}; }

std::string shared_server(const std::string& variable) {
    if (const char* value = std::getenv(variable.c_str())) return value;
    std::ifstream file{SHANHAI_TEST_SERVERS "/env"};
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(variable + "=")) return line.substr(variable.size() + 1);
    }
    throw std::runtime_error{
        "The servers for tests do not run: scripts/lib/test-servers start " SHANHAI_TEST_SERVERS};
}

events::RedisOptions redis() {
    events::RedisOptions options;
    options.port = static_cast<std::uint16_t>(std::stoi(shared_server("SHANHAI_TEST_REDIS_PORT")));
    return options;
}

MariaDb::MariaDb(std::vector<std::string> extra_options)
    : port_{free_port()}, extra_options_{std::move(extra_options)} {
    extra_options_.push_back("--port=" + std::to_string(port_));
    extra_options_.push_back("--innodb-buffer-pool-size=24M");
    socket_ = trimmed(call("server_socket", folder_.path(), {"mariadb"}));
    start();
}

MariaDb::~MariaDb() {
    try {
        kill9();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "a private MariaDB stays: %s\n", error.what());
    }
}

void MariaDb::kill9() { call("kill_mariadb", folder_.path()); }
void MariaDb::stop() { call("stop_mariadb", folder_.path()); }
void MariaDb::start() { call("start_mariadb", folder_.path(), extra_options_); }
void MariaDb::wait_ready() { call("wait_mariadb", folder_.path(), {"20"}); }
void MariaDb::freeze() { signal(SIGSTOP); }
void MariaDb::thaw() { signal(SIGCONT); }
void MariaDb::signal(int number) const {
    const auto pid = std::stoi(trimmed(call("server_pids", folder_.path() / "data", {"mariadbd"})));
    if (::kill(pid, number) != 0) throw std::runtime_error{"cannot signal the private MariaDB"};
}
void MariaDb::restart() {
    stop();
    start();
}

database::PoolOptions MariaDb::options(const std::string& schema) const {
    database::PoolOptions options;
    options.socket = socket_;
    options.port = port_;
    options.user = "root";
    options.outbox_keys = fact_keys();
    options.threads = 1;
    database::Pool admin{options};
    const auto made = admin.transact_blocking([&](database::Session& session) -> Result<Done> {
        session.run("CREATE DATABASE IF NOT EXISTS " + schema + " CHARACTER SET utf8mb4");
        return Done{};
    });
    if (!made) throw std::runtime_error{"cannot create the schema: " + made.error().message()};
    options.schema = schema;
    options.threads = 2;
    return options;
}

RedisServer::RedisServer(std::vector<std::string> extra_options)
    : port_{free_port()}, extra_options_{std::move(extra_options)} {
    extra_options_.insert(extra_options_.end(), {"--port", std::to_string(port_)});
    socket_ = trimmed(call("server_socket", folder_.path(), {"redis"}));
    start();
}

RedisServer::~RedisServer() {
    try {
        kill9();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "a private Redis stays: %s\n", error.what());
    }
}

void RedisServer::flushall() { command({"FLUSHALL"}); }
void RedisServer::stop() { call("stop_redis", folder_.path()); }
void RedisServer::kill9() { call("kill_redis", folder_.path()); }
void RedisServer::start() { call("start_redis", folder_.path(), extra_options_); }
void RedisServer::restart() {
    stop();
    start();
}

events::RedisOptions RedisServer::options() const {
    events::RedisOptions options;
    options.port = port_;
    return options;
}

std::string RedisServer::command(const std::vector<std::string>& words) const {
    std::string line = "redis-cli -s " + shell_quoted(socket_);
    for (const auto& word : words) line += ' ' + shell_quoted(word);
    return trimmed(output_of(line));
}

}  // namespace shanhai::support
