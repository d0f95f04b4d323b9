#pragma once

#include "chassis/config/settings.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace shanhai::tools {

/// What `shanhai events …` is asked to do.
struct FactsOptions {
    std::string service;   ///< Whose tables are looked after.
    std::string producer;  ///< Whose facts.
    std::uint64_t seq = 0;
    std::uint64_t id = 0;  ///< Of a fact that was set aside.
    std::string who;
    std::string reason;
};

/// Declares the subcommands skip, set-aside, retry, close, resume and seal.
void declare_facts(CLI::App& events, FactsOptions& options, const std::vector<std::string>& services);

/// Runs the subcommand that was chosen and returns the exit code.
int look_after_facts(const CLI::App& events, const config::Settings& settings, const FactsOptions& options);

}  // namespace shanhai::tools
