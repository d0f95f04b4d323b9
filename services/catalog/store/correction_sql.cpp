#include "catalog/store/corrections.hpp"
#include "catalog/store/merchant_rows.hpp"
#include "catalog/store/mysql_catalog_store.hpp"
#include "catalog/store/organisation_sql.hpp"
#include "catalog/store/reader.hpp"

// Corrections of merchants, and what everything was before it was corrected.

namespace shanhai::catalog {
namespace {

using database::Session;

Error merchant_unknown() {
    return Error{Failure::not_found, "merchant-unknown", "there is no such merchant"};
}

/// A producer offers what its own county yields, also after a correction.
std::optional<Error> fault_of_moving(Session& session, const Merchant& wanted) {
    if (!wanted.producer()) return std::nullopt;
    auto rows = session.query("SELECT 1 FROM product WHERE merchant_id = ? AND county_code <> ? LIMIT 1",
                              wanted.id, wanted.county.text());
    if (!rows.next()) return std::nullopt;
    return Error{Failure::conflict, "merchant-has-products",
                 "this producer has products of another county than that"};
}

}  // namespace

database::ChangeSubject subject_of(const CountyCode& code) {
    return {"county", std::stoull(std::string{code.text()})};
}

Error version_stale(std::string_view what) {
    return Error{Failure::precondition, "version-stale",
                 "somebody else changed this " + std::string{what} + " meanwhile"};
}

Error county_unknown() { return Error{Failure::not_found, "county-unknown", "there is no such county"}; }
Error pairing_unknown() { return Error{Failure::not_found, "pairing-unknown", "there is no such pairing"}; }

Result<MerchantId> MysqlCatalogStore::write_correction(Session& session, MerchantId id,
                                                       const Merchant& wanted, int current,
                                                       const Author& author) {
    auto locked = session.query("SELECT 1 FROM merchant WHERE merchant_id = ? FOR UPDATE", id);
    if (!locked.next()) return merchant_unknown();
    const auto stored = *read_merchant(session, id);
    if (stored.version != current) return version_stale("merchant");
    auto next = wanted;
    next.id = id;
    next.active = stored.active;
    next.version = stored.version;
    next.licences = stored.licences;
    next.lapsed = stored.lapsed;
    if (next == stored) return id;
    if (!read_county(session, next.county)) {
        return invalid_field("/county_code", "no county of that code is registered");
    }
    if (next.organisation != stored.organisation) {
        if (auto fault = fault_of_owner(session, next.organisation)) return *fault;
    }
    if (auto fault = fault_of_moving(session, next)) return *fault;
    next.version += 1;
    if (!update_merchant(session, next)) {
        return Error{Failure::conflict, "merchant-exists", "another merchant has that name or credit code"};
    }
    database::append_change(session, subject_of(id), database::details_changed, stored.canonical(),
                            author.account);
    conclude_merchant(session, id);
    register_hindered(session);
    return id;
}

CatalogStore::Awaitable<MerchantId> MysqlCatalogStore::change_merchant(MerchantId merchant,
                                                                       Valid<Merchant> wanted, int current,
                                                                       Author author) {
    return database::transact_telling(
        pool_, committed_, [this, merchant, wanted = std::move(wanted), current, author](Session& session) {
            return write_correction(session, merchant, *wanted, current, author);
        });
}

CatalogStore::Awaitable<MerchantId> MysqlCatalogStore::change_service_phone(MerchantId merchant,
                                                                            std::optional<ServicePhone> phone,
                                                                            int current, Author author) {
    return database::transact_telling(
        pool_, committed_,
        [this, merchant, phone = std::move(phone), current, author](Session& session) -> Result<MerchantId> {
            auto locked = session.query("SELECT 1 FROM merchant WHERE merchant_id = ? FOR UPDATE", merchant);
            if (!locked.next()) return merchant_unknown();
            auto wanted = *read_merchant(session, merchant);
            if (auto fault = wanted.fault_of_writing(author)) return *fault;
            wanted.service_phone = phone;
            return write_correction(session, merchant, wanted, current, author);
        });
}

CatalogStore::Awaitable<std::vector<Change>> MysqlCatalogStore::corrections(MerchantId merchant,
                                                                            std::uint64_t after,
                                                                            std::size_t count) {
    return pool_.transact([=](Session& session) -> Result<std::vector<Change>> {
        if (!read_merchant(session, merchant)) return merchant_unknown();
        return database::read_changes(session, subject_of(merchant), after, count);
    });
}

CatalogStore::Awaitable<std::vector<Change>> MysqlCatalogStore::corrections(CountyCode county,
                                                                            std::uint64_t after,
                                                                            std::size_t count) {
    return pool_.transact([=](Session& session) -> Result<std::vector<Change>> {
        if (!read_county(session, county)) return county_unknown();
        return database::read_changes(session, subject_of(county), after, count);
    });
}

CatalogStore::Awaitable<std::vector<Change>> MysqlCatalogStore::corrections(PairingId pairing,
                                                                            std::uint64_t after,
                                                                            std::size_t count) {
    return pool_.transact([=](Session& session) -> Result<std::vector<Change>> {
        if (!read_pairing(session, pairing)) return pairing_unknown();
        return database::read_changes(session, subject_of(pairing), after, count);
    });
}

}  // namespace shanhai::catalog
