#include "catalog/domain/search/index.hpp"

#include <algorithm>

namespace shanhai::catalog::search {

Index Index::followed_by(const Changes& changes) const {
    Index next;
    next.blocks_.reserve(blocks_.size() + 1);
    auto old = blocks_.begin();
    for (auto first = changes.begin(); first != changes.end();) {
        const auto block_number = Block::number_of_block(first->first);
        const auto last = std::find_if(first, changes.end(), [block_number](const auto& one) {
            return Block::number_of_block(one.first) != block_number;
        });
        for (; old != blocks_.end() && (*old)->number() < block_number; ++old) next.blocks_.push_back(*old);
        const bool known = old != blocks_.end() && (*old)->number() == block_number;
        auto made = Block::followed_by(known ? old->get() : nullptr, block_number, first, last);
        if (made) next.blocks_.push_back(std::move(made));
        if (known) ++old;
        first = last;
    }
    next.blocks_.insert(next.blocks_.end(), old, blocks_.end());
    return next;
}

}  // namespace shanhai::catalog::search
