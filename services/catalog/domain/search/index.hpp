#pragma once

#include "catalog/domain/search/block.hpp"

#include <memory>
#include <vector>

namespace shanhai::catalog::search {

/// All products, as a search sees them. A copy shares its blocks: who reads one is not disturbed by the
/// making of the next.
class Index {
public:
    /// What a copy of this one becomes by these changes: the same, whatever came before them.
    Index followed_by(const Changes& changes) const;

    /// In the order of their products' ids.
    const std::vector<std::shared_ptr<const Block>>& blocks() const { return blocks_; }

private:
    std::vector<std::shared_ptr<const Block>> blocks_;
};

}  // namespace shanhai::catalog::search
