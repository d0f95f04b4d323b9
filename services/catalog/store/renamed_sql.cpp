#include "catalog/store/corrections.hpp"
#include "catalog/store/licence_rows.hpp"
#include "catalog/store/merchant_rows.hpp"
#include "catalog/store/mysql_catalog_store.hpp"
#include "catalog/store/reader.hpp"

// Houses that identity renames, and the merchants that are called as they are.

namespace shanhai::catalog {
namespace {

using database::Session;

/// The merchant of the house that is called as the house was; locked.
std::optional<Merchant> namesake_of(Session& session, OrganisationId house, const std::string& name) {
    auto found = find_merchant(session, name);
    if (!found || found->organisation != house) return std::nullopt;
    return found;
}

}  // namespace

void MysqlCatalogStore::learn_new_name(Session& session, OrganisationId house, const std::string& before,
                                       const std::string& after, AccountId by) {
    if (const auto stored = namesake_of(session, house, before)) {
        auto next = *stored;
        next.name = after;
        next.version += 1;
        if (update_merchant(session, next)) {
            database::append_change(session, subject_of(stored->id), database::details_changed,
                                    stored->canonical(), by);
            conclude_merchant(session, stored->id);
        }
    }
    rename_verified(session, house, after);
    register_hindered(session);  // Its own new name may be free, or its old one be what another waits for.
}

}  // namespace shanhai::catalog
