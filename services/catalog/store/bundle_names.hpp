#pragma once

#include "catalog/domain/bundle_store.hpp"
#include "chassis/database/session.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace shanhai::catalog {

/// Whoever writes a bundle says so in the same transaction: copies of its name follow.
void touch_bundle(database::Session& session, BundleId id);

/// What bundles are called, folded, in memory: the database folds neither traditional characters nor widths,
/// and would read every name for each search. A copy reads what was touched since it last looked.
class BundleNames {
public:
    /// Those whose name has all words of the filter, or is spelled so in pinyin or initials, of its merchant,
    /// and listed unless it asks for others, too; ascending. None without words.
    std::vector<BundleId> asked_for(database::Session& session, const BundleFilter& filter);

private:
    struct Named {
        MerchantId merchant{};
        bool listed = false;
        std::u16string name;
    };

    void follow(database::Session& session);

    std::mutex one_at_a_time_;  // From what a transaction reads first: none brings an older name back.
    std::uint64_t known_ = 0;
    std::map<BundleId, Named> all_;
};

}  // namespace shanhai::catalog
