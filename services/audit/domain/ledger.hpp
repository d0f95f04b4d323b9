#pragma once

#include "audit/domain/merkle.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace shanhai::audit {

/// The size of the ledger and its newest checkpoint.
struct Head {
    std::uint64_t size = 0;
    Hash root{};
    std::string note;  ///< The signed checkpoint.
};

/// That an entry is in the tree of `size` entries.
struct Inclusion {
    std::uint64_t index = 0;
    std::uint64_t size = 0;
    Hash leaf{};
    std::vector<Hash> hashes;  ///< The audit path, from the leaf up.
    Hash root{};
    std::string note;  ///< The newest tree's checkpoint; empty for an older tree.
};

/// An order's entries, each with its proof in the newest tree.
struct ProvenOrder {
    struct Entry {
        std::string text;  ///< The canonical JSON.
        Inclusion inclusion;
    };
    std::vector<Entry> entries;
    std::string note;
};

}  // namespace shanhai::audit
