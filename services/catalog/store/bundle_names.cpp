#include "catalog/store/bundle_names.hpp"

#include "catalog/domain/search/spelling.hpp"
#include "chassis/database/in_list.hpp"
#include "chassis/database/touched.hpp"
#include "vocabulary/folding.hpp"

#include <algorithm>

namespace shanhai::catalog {
namespace {

constexpr std::string_view bundle_kind = "bundle";

/// A word that a name is to hold, or to be spelled by.
struct Sought {
    std::u16string_view text;
    std::optional<search::SpelledWord> spelled;

    bool in(std::u16string_view name, search::Spelled enough) const {
        if (name.find(text) != std::u16string_view::npos) return true;
        return spelled && !spelled->of_one_letter() && spelled->within(name) >= enough;
    }
};

std::vector<Sought> sought(const std::vector<std::u16string>& words) {
    std::vector<Sought> all;
    for (const auto& word : words) all.push_back({word, search::SpelledWord::of(word)});
    return all;
}

}  // namespace

void touch_bundle(database::Session& session, BundleId id) { database::touch(session, bundle_kind, id); }

std::vector<BundleId> BundleNames::asked_for(database::Session& session, const BundleFilter& filter) {
    const std::lock_guard lock{one_at_a_time_};
    follow(session);
    const auto words = sought(filter.asked->words);
    if (words.empty()) return {};
    const bool any_spelled =
        std::ranges::any_of(words, [](const Sought& word) { return word.spelled.has_value(); });
    // As a search for products reads letters: what is not whole counts where nothing else is found.
    for (const auto enough : {search::Spelled::initials, search::Spelled::partly}) {
        std::vector<BundleId> found;
        for (const auto& [id, one] : all_) {
            if (!one.listed && !filter.unlisted_too) continue;
            if (filter.merchant && one.merchant != *filter.merchant) continue;
            const auto in_name = [&](const Sought& word) { return word.in(one.name, enough); };
            if (std::ranges::all_of(words, in_name)) found.push_back(id);
        }
        if (!found.empty() || !any_spelled) return found;
    }
    return {};
}

void BundleNames::follow(database::Session& session) {
    const auto touched = database::touched_after(session, known_);
    if (!touched) return;
    const bool whole = known_ == 0 || !touched->since;
    std::string only;
    if (!whole) {
        const auto ids = touched->ids(bundle_kind);
        if (!ids.empty()) only = " WHERE b.bundle_id IN " + database::in_list(ids);
    }
    if (whole) all_.clear();
    if (whole || !only.empty()) {
        known_ = 0;  // Until all is read.
        auto rows = session.ask(
            "SELECT b.bundle_id, b.merchant_id, b.listed, v.name FROM bundle b JOIN bundle_version v ON "
            "v.bundle_id = b.bundle_id AND v.version = b.version" +
            only);
        while (rows.next()) {
            all_.insert_or_assign(rows.id<BundleId>(0),
                                  Named{rows.id<MerchantId>(1), rows.integer(2) != 0, folded(rows.text(3))});
        }
    }
    known_ = touched->count;
}

}  // namespace shanhai::catalog
