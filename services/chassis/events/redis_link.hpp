#pragma once

#include "chassis/events/relay.hpp"
#include "chassis/events/tls_tunnel.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

struct redisContext;
struct redisReply;

namespace shanhai::events {

/// A blocking connection to Redis for one thread. Every wait is limited; after any failure of the connection
/// it is closed, and connect() makes a new one.
class RedisLink {
public:
    explicit RedisLink(RedisOptions options) : options_{std::move(options)} {}
    ~RedisLink() { close(); }
    RedisLink(const RedisLink&) = delete;
    RedisLink& operator=(const RedisLink&) = delete;

    struct FreeReply {
        void operator()(redisReply* reply) const;
    };
    using Reply = std::unique_ptr<redisReply, FreeReply>;
    using Words = std::vector<std::string>;

    bool connected() const { return context_ != nullptr; }
    /// False, with trouble() set, when nobody answers or the password is refused.
    bool connect();
    void close();

    /// Nothing when the connection was lost or timed out. A Redis error is a reply like any other.
    /// `patience` is added to the reply limit, for commands that block.
    Reply command(const Words& words, std::chrono::milliseconds patience = std::chrono::milliseconds{0});
    /// Sends all commands, then reads all replies. Nothing when the connection was lost on the way.
    std::optional<std::vector<Reply>> pipeline(const std::vector<Words>& commands);

    /// What went wrong last, for logs.
    const std::string& trouble() const { return trouble_; }

    /// Ends the wait of the thread that uses this link, now and for good. From any thread.
    void interrupt();
    bool interrupted() const;

private:
    struct FreeContext {
        void operator()(redisContext* context) const;
    };

    using Context = std::unique_ptr<redisContext, FreeContext>;

    Context reach() const;
    /// The connection through TLS instead; nothing, with trouble() set, when the server does not prove
    /// itself.
    Context through_tls(Context clear, std::unique_ptr<TlsTunnel>& tunnel);
    bool authenticate();
    void fail(std::string trouble);
    bool append(const Words& words);

    RedisOptions options_;
    std::string trouble_;
    mutable std::mutex mutex_;  // Guards the context's birth and death against interrupt().
    bool interrupted_ = false;
    std::unique_ptr<TlsTunnel> tunnel_;
    Context context_;
};

/// hiredis writes without MSG_NOSIGNAL: a thread that uses it must not die when the peer is gone.
void ignore_broken_pipes_on_this_thread();

}  // namespace shanhai::events
