#pragma once

#include "chassis/config/settings.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace shanhai::config {

/// Declares every setting on `app`: the flag --some-name, the environment variable SHANHAI_SOME_NAME and the
/// key some-name of the TOML file that --config (or SHANHAI_CONFIG) names. Values are checked here; an
/// unknown key in the file is refused.
void declare_settings(CLI::App& app, Settings& settings);

/// The arguments for `app.parse`, with those settings that only the environment gives put before them, so
/// that flags win over the environment and the environment wins over the file.
std::vector<std::string> arguments_with_environment(CLI::App& app, int argc, const char* const* argv);

}  // namespace shanhai::config
