#pragma once

#include "chassis/config/settings.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace CLI {
class App;
}

namespace shanhai::tools {

/// What `shanhai seed` is asked to do. main.cpp declares the flags and calls seed().
struct SeedOptions {
    std::filesystem::path samples = "data/sample";  ///< Folder of the sample files.
    std::uint64_t orders = 0;         ///< With N > 0: only add N paid orders over the past year.
    std::uint64_t random = 1;         ///< Same number, same orders.
    std::filesystem::path save_code;  ///< Where the picture of one metro code goes; empty: nowhere.
    std::filesystem::path
        save_summary;  ///< Where the lines for people go (addresses, logins); empty: nowhere.
};

/// Declares --samples, --orders, --random, --save-code and --save-summary.
void declare_seed_options(CLI::App& command, SeedOptions& options);

/// Loads the sample data into the platform that runs at settings.public_url (and internal_url), through its
/// own API. Running it again changes nothing. Returns the exit code; says on standard error what failed and
/// for which row.
int seed(const config::Settings& settings, const SeedOptions& options);

}  // namespace shanhai::tools
