#pragma once

#include <string>
#include <string_view>

namespace shanhai::observe {

// Structured logs, one JSON object a line on standard error. Never put personal data, tokens, secrets
// or request bodies in them; a test greps for those.

void set_log_level(const std::string& level);

/// `what` names the event in kebab-case ("frame-refused"), `detail` says the rest in a sentence.
void log_debug(std::string_view what, std::string_view detail);
void log_info(std::string_view what, std::string_view detail);
void log_warning(std::string_view what, std::string_view detail);
void log_error(std::string_view what, std::string_view detail);
/// An error that may repeat thousands of times a second while something is down: at most 5 lines of one
/// `what` are written in 10 seconds, and the next one after a pause says how many were left out.
void log_limited(std::string_view what, std::string_view detail);

/// One line an answered request: route, status, duration, bytes, trace id. Never the path or query.
void log_access(std::string_view method, std::string_view route, int status, long long microseconds,
                std::size_t bytes, std::string_view trace_id);

}  // namespace shanhai::observe
