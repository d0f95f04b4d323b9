#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace shanhai::support {

/// A loopback port that leads to a server, and a saboteur on the way. For what happens when a connection
/// breaks at the worst moment.
class Proxy {
public:
    /// `target` is the path of a unix socket, or the number of a loopback port.
    explicit Proxy(std::string target);
    ~Proxy();
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    /// What the MySQL protocol's COMMIT looks like ("READ COMMITTED" does not).
    static constexpr const char* commit =
        "\x03"
        "COMMIT";

    std::uint16_t port() const { return port_; }

    /// The next `times` times that a client sends `needle`: the server gets it and answers, but the
    /// connection breaks before the client hears.
    void cut_after(std::string needle, int times = 1);
    /// The same, but the server never gets it either.
    void cut_before(std::string needle, int times = 1);
    /// Breaks every connection there is.
    void cut_all();
    /// While refusing, new connections break at once.
    void refuse(bool refusing) { refusing_ = refusing; }
    int cuts() const { return cuts_; }

private:
    struct Rule {
        std::string needle;
        bool forward = false;
        int times = 0;
    };
    enum class Verdict { pass, cut_now, cut_on_answer };

    void accept_clients();
    void serve(int client);
    void relay(int client, int server);
    Verdict judge(std::string_view sent);
    int connect_to_target() const;

    std::string target_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> refusing_ = false;
    std::atomic<int> generation_ = 0;  ///< Connections of an older one break.
    std::atomic<int> cuts_ = 0;
    std::mutex mutex_;
    std::vector<Rule> rules_;
    std::vector<std::thread> relays_;
    std::thread acceptor_;  // Last: it uses all the rest.
};

}  // namespace shanhai::support
