#include "chassis/observe/log.hpp"

#include "vocabulary/time.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <array>

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

void log_access(std::string_view method, std::string_view route, int status, long long microseconds,
                std::size_t bytes, std::string_view trace_id) {
    if (!logger().should_log(spdlog::level::info)) return;
    logger().info(
        R"({{"at":"{}","level":"info","what":"answered","method":"{}","route":"{}","status":{},"us":{},"bytes":{},"trace_id":"{}"}})",
        rfc3339(now()), method, escaped(route), status, microseconds, bytes, trace_id);
}

}  // namespace shanhai::observe
