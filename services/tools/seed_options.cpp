#include "tools/seed.hpp"

#include <CLI/CLI.hpp>

namespace shanhai::tools {

void declare_seed_options(CLI::App& command, SeedOptions& options) {
    command.add_option("--samples", options.samples, "Folder of the sample files")->capture_default_str();
    command.add_option("--orders", options.orders, "Only add so many paid orders over the past year");
    command.add_option("--random", options.random, "Same number, same orders")->capture_default_str();
    command.add_option("--save-code", options.save_code, "Where the picture of a metro code goes");
    command.add_option("--save-summary", options.save_summary, "Where the addresses and logins go");
}

}  // namespace shanhai::tools
