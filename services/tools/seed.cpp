#include "tools/seed.hpp"

#include "tools/backfill.hpp"
#include "tools/seeder.hpp"

#include <iostream>

namespace shanhai::tools {

int seed(const config::Settings& settings, const SeedOptions& options) try {
    if (options.orders > 0) {
        backfill(settings, options);
    } else {
        Seeder{settings, options}.run();
    }
    return 0;
} catch (const std::exception& failure) {
    std::cerr << "seed: " << failure.what() << '\n';
    return 1;
}

}  // namespace shanhai::tools
