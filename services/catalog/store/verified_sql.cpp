#include "catalog/store/corrections.hpp"
#include "catalog/store/licence_rows.hpp"
#include "catalog/store/merchant_rows.hpp"
#include "catalog/store/mysql_catalog_store.hpp"
#include "catalog/store/reader.hpp"

// Merchants that became so by being verified, and who looks at everybody's papers again.

namespace shanhai::catalog {
namespace {

using database::Session;

constexpr std::size_t lapsed_at_once = 100;

Error merchant_unknown() {
    return Error{Failure::not_found, "merchant-unknown", "there is no such merchant"};
}

/// What the papers as they were found contradict: the merchant's own facts, or the calendar.
std::optional<Error> fault_of_found(const Licences& found, const Merchant& merchant, Date today) {
    if (found.food_until && !merchant.food_licence) {
        return invalid_field("/food_licence_until", "this merchant has no food production licence");
    }
    if (!found.food_until && merchant.food_licence)
        return invalid_field("/food_licence_until", "a food production licence has a last day");
    if (found.food_until && *found.food_until < today)
        return invalid_field("/food_licence_until", "this licence has ended");
    if (found.business_until && *found.business_until < today)
        return invalid_field("/business_licence_until", "this licence has ended");
    return std::nullopt;
}

Course course_now(Session& session, const VerifiedMerchant& verified) {
    const auto by_code = find_merchant(session, verified.uscc);
    const auto by_name = find_merchant(session, verified.name);
    return course_of(verified, read_county(session, verified.county).has_value(),
                     by_code ? &*by_code : nullptr, by_name ? &*by_name : nullptr);
}

/// Nothing when somebody took the name or the code a moment ago.
std::optional<MerchantId> insert_new(Session& session, const Merchant& merchant) {
    try {
        return insert_merchant(session, merchant);
    } catch (const database::SqlError& refused) {
        if (!refused.duplicate()) throw;
        return std::nullopt;
    }
}

}  // namespace

void MysqlCatalogStore::learn(Session& session, const VerifiedMerchant& verified) {
    if (remember_verified(session, verified)) register_verified(session, verified);
}

void MysqlCatalogStore::register_verified(Session& session, const VerifiedMerchant& verified) {
    auto course = course_now(session, verified);
    std::optional<MerchantId> merchant;
    if (!course.hindrance && !course.known) {
        merchant = insert_new(session, verified.as_new());
        if (!merchant) course = course_now(session, verified);
    }
    if (!merchant && course.known) {
        merchant = hand_over(session, *course.known, verified);
        if (!merchant) course.hindrance = Hindrance::code_taken;
    }
    settle_verified(session, verified.organisation, merchant, course.hindrance);
    if (!merchant) return;
    const auto at = session.now();
    write_licences(session, *merchant, verified.licences, false);
    append_check(session, *merchant, {0, verified.licences, "", at, verified.verified_by});
    conclude_merchant(session, *merchant);
}

std::optional<MerchantId> MysqlCatalogStore::hand_over(Session& session, MerchantId known,
                                                       const VerifiedMerchant& verified) {
    const auto stored = *read_merchant(session, known);
    if (!update_merchant(session, verified.as_owner_of(stored))) return std::nullopt;
    database::append_change(session, subject_of(known), database::details_changed, stored.canonical(),
                            verified.verified_by);
    return known;
}

void MysqlCatalogStore::register_hindered(Session& session) {
    for (const auto& verified : verified_without_merchant(session)) register_verified(session, verified);
}

Result<MerchantId> MysqlCatalogStore::write_check(Session& session, MerchantId id, const Licences& found,
                                                  const std::string& note, const Author& author) {
    auto locked = session.query("SELECT 1 FROM merchant WHERE merchant_id = ? FOR UPDATE", id);
    if (!locked.next()) return merchant_unknown();
    const auto at = session.now();
    auto licences = found;
    licences.checked_on = shanghai_date(at);
    const auto merchant = *read_merchant(session, id);
    if (auto fault = fault_of_found(licences, merchant, *licences.checked_on)) return *fault;
    write_licences(session, id, licences, false);
    append_check(session, id, {0, licences, note, at, author.account});
    conclude_merchant(session, id);
    return id;
}

CatalogStore::Awaitable<MerchantId> MysqlCatalogStore::record_check(MerchantId merchant, Licences found,
                                                                    std::string note, Author author) {
    return database::transact_telling(
        pool_, committed_,
        [this, merchant, found = std::move(found), note = std::move(note), author](Session& session) {
            return write_check(session, merchant, found, note, author);
        });
}

CatalogStore::Awaitable<std::vector<MerchantCheck>> MysqlCatalogStore::checks(MerchantId merchant,
                                                                              std::uint64_t after,
                                                                              std::size_t count) {
    return pool_.transact([=](Session& session) -> Result<std::vector<MerchantCheck>> {
        if (!read_merchant(session, merchant)) return merchant_unknown();
        return read_checks(session, merchant, after, count);
    });
}

CatalogStore::Awaitable<std::vector<Registration>> MysqlCatalogStore::registrations(bool hindered_only,
                                                                                    OrganisationId after,
                                                                                    std::size_t count) {
    return pool_.transact([=](Session& session) -> Result<std::vector<Registration>> {
        return read_registrations(session, hindered_only, after, count);
    });
}

Result<Done> MysqlCatalogStore::lapse_overdue() {
    bool lapsed = false;
    auto done = pool_.transact_blocking([&](Session& session) -> Result<Done> {
        const auto today = shanghai_date(session.now());
        lapsed = false;
        for (const auto id : overdue_merchants(session, today, lapsed_at_once)) {
            auto locked = session.query("SELECT 1 FROM merchant WHERE merchant_id = ? FOR UPDATE", id);
            if (!locked.next()) continue;
            const auto merchant = *read_merchant(session, id);
            if (merchant.lapsed || !merchant.licences.lapsed(today)) continue;  // Looked at just now.
            write_licences(session, id, merchant.licences, true);
            conclude_merchant(session, id);
            lapsed = true;
        }
        return Done{};
    });
    if (done && lapsed) committed_();
    return done;
}

}  // namespace shanhai::catalog
