#include "chassis/events/redis_link.hpp"

#include <hiredis/hiredis.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/system/system_error.hpp>

namespace shanhai::events {
namespace {

timeval as_timeval(std::chrono::milliseconds limit) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(limit);
    timeval value{};
    value.tv_sec = seconds.count();
    value.tv_usec = std::chrono::microseconds{limit - seconds}.count();
    return value;
}

}  // namespace

void RedisLink::FreeReply::operator()(redisReply* reply) const { freeReplyObject(reply); }
void RedisLink::FreeContext::operator()(redisContext* context) const { redisFree(context); }

RedisLink::Context RedisLink::reach() const {
    const auto limit = as_timeval(options_.reply_limit);
    return Context{options_.address.starts_with('/')
                       ? redisConnectUnixWithTimeout(options_.address.c_str(), limit)
                       : redisConnectWithTimeout(options_.address.c_str(), options_.port, limit)};
}

RedisLink::Context RedisLink::through_tls(Context clear, std::unique_ptr<TlsTunnel>& tunnel) {
    try {
        tunnel = std::make_unique<TlsTunnel>(::dup(clear->fd), options_.address, options_.tls_ca,
                                             options_.reply_limit);
    } catch (const boost::system::system_error& error) {
        fail("TLS: " + error.code().message());
        return nullptr;
    }
    return Context{redisConnectFd(tunnel->take_near_end())};
}

bool RedisLink::connect() {
    close();
    auto fresh = reach();
    std::unique_ptr<TlsTunnel> tunnel;
    if (fresh && fresh->err == 0 && !options_.tls_ca.empty()) {
        fresh = through_tls(std::move(fresh), tunnel);
        if (!fresh) return false;
    }
    if (!fresh || fresh->err != 0) {
        fail(fresh ? fresh->errstr : "out of memory");
        return false;
    }
    redisSetTimeout(fresh.get(), as_timeval(options_.reply_limit));
    {
        const std::lock_guard lock{mutex_};
        if (interrupted_) return false;
        tunnel_ = std::move(tunnel);
        context_ = std::move(fresh);
    }
    return authenticate();
}

bool RedisLink::authenticate() {
    if (options_.password.empty()) return true;
    const auto reply = command({"AUTH", options_.password});
    if (reply && reply->type != REDIS_REPLY_ERROR) return true;
    if (reply) fail("the password was refused");
    return false;
}

void RedisLink::close() {
    const std::lock_guard lock{mutex_};
    context_.reset();
    tunnel_.reset();
}

void RedisLink::fail(std::string trouble) {
    trouble_ = std::move(trouble);
    close();
}

void RedisLink::interrupt() {
    const std::lock_guard lock{mutex_};
    interrupted_ = true;
    if (context_) ::shutdown(context_->fd, SHUT_RDWR);
}

bool RedisLink::interrupted() const {
    const std::lock_guard lock{mutex_};
    return interrupted_;
}

bool RedisLink::append(const Words& words) {
    std::vector<const char*> texts;
    std::vector<std::size_t> lengths;
    for (const auto& word : words) {
        texts.push_back(word.data());
        lengths.push_back(word.size());
    }
    return redisAppendCommandArgv(context_.get(), static_cast<int>(words.size()), texts.data(),
                                  lengths.data()) == REDIS_OK;
}

RedisLink::Reply RedisLink::command(const Words& words, std::chrono::milliseconds patience) {
    if (context_ && patience.count() > 0) {
        redisSetTimeout(context_.get(), as_timeval(options_.reply_limit + patience));
    }
    auto replies = pipeline({words});
    if (context_ && patience.count() > 0) redisSetTimeout(context_.get(), as_timeval(options_.reply_limit));
    return replies ? std::move(replies->front()) : nullptr;
}

std::optional<std::vector<RedisLink::Reply>> RedisLink::pipeline(const std::vector<Words>& commands) {
    if (!context_) return std::nullopt;
    for (const auto& words : commands) {
        if (append(words)) continue;
        fail(context_->errstr);
        return std::nullopt;
    }
    std::vector<Reply> replies;
    for (std::size_t i = 0; i < commands.size(); ++i) {
        void* reply = nullptr;
        if (redisGetReply(context_.get(), &reply) != REDIS_OK || reply == nullptr) {
            fail(context_->err != 0 ? context_->errstr : "no reply");
            return std::nullopt;
        }
        replies.emplace_back(static_cast<redisReply*>(reply));
    }
    return replies;
}

void ignore_broken_pipes_on_this_thread() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace shanhai::events
