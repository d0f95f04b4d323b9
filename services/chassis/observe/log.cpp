#include "chassis/observe/log.hpp"

#include "vocabulary/time.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace shanhai::observe {
namespace {

/// Lines are complete JSON objects already; spdlog adds nothing but the levels and the lock.
spdlog::logger& logger() {
    static const auto instance = [] {
        auto made =
            std::make_shared<spdlog::logger>("shanhai", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%v");
        return made;
    }();
    return *instance;
}

/// `text` as the inside of a JSON string.
std::string escaped(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            safe += '\\';
            safe += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            safe += ' ';
        } else {
            safe += c;
        }
    }
    return safe;
}

void write(spdlog::level::level_enum level, std::string_view name, std::string_view what,
           std::string_view detail) {
    if (!logger().should_log(level)) return;
    logger().log(level, R"({{"at":"{}","level":"{}","what":"{}","detail":"{}"}})", rfc3339(now()), name,
                 escaped(what), escaped(detail));
}

/// How many lines of one kind there were lately.
class Limit {
public:
    /// Nothing when this line is one too many; else how many were left out before it.
    std::optional<std::uint64_t> admit(std::chrono::steady_clock::time_point now) {
        if (now - begun_ >= window) {
            begun_ = now;
            written_ = 0;
        }
        if (written_ == lines_max) {
            ++left_out_;
            return std::nullopt;
        }
        ++written_;
        return std::exchange(left_out_, 0);
    }

private:
    static constexpr std::chrono::seconds window{10};
    static constexpr int lines_max = 5;

    std::chrono::steady_clock::time_point begun_{};
    int written_ = 0;
    std::uint64_t left_out_ = 0;
};

}  // namespace

void set_log_level(const std::string& level) { logger().set_level(spdlog::level::from_str(level)); }

void log_debug(std::string_view what, std::string_view detail) {
    write(spdlog::level::debug, "debug", what, detail);
}
void log_info(std::string_view what, std::string_view detail) {
    write(spdlog::level::info, "info", what, detail);
}
void log_warning(std::string_view what, std::string_view detail) {
    write(spdlog::level::warn, "warning", what, detail);
}
void log_error(std::string_view what, std::string_view detail) {
    write(spdlog::level::err, "error", what, detail);
}

void log_limited(std::string_view what, std::string_view detail) {
    static std::mutex mutex;
    static std::map<std::string, Limit, std::less<>> limits;  // As many as there are names in the program.
    std::optional<std::uint64_t> left_out;
    {
        const std::lock_guard lock{mutex};
        auto found = limits.find(what);
        if (found == limits.end()) found = limits.emplace(what, Limit{}).first;
        left_out = found->second.admit(std::chrono::steady_clock::now());
    }
    if (!left_out) return;
    const auto before = *left_out == 0 ? std::string{} : " (" + std::to_string(*left_out) + " more before)";
    log_error(what, std::string{detail} + before);
}

void log_access(std::string_view method, std::string_view route, int status, long long microseconds,
                std::size_t bytes, std::string_view trace_id) {
    if (!logger().should_log(spdlog::level::info)) return;
    logger().info(
        R"({{"at":"{}","level":"info","what":"answered","method":"{}","route":"{}","status":{},"us":{},"bytes":{},"trace_id":"{}"}})",
        rfc3339(now()), method, escaped(route), status, microseconds, bytes, trace_id);
}

}  // namespace shanhai::observe
