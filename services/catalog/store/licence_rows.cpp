#include "catalog/store/licence_rows.hpp"

#include "chassis/database/stored_name.hpp"
#include "chassis/database/unique.hpp"

namespace shanhai::catalog {
namespace {

using database::Rows;
using database::Session;

std::optional<std::string> text_of(const std::optional<FoodLicence>& licence) {
    return licence ? std::optional{licence->text()} : std::nullopt;
}

VerifiedMerchant verified_of(const Rows& rows) {
    VerifiedMerchant verified{
        .organisation = rows.id<OrganisationId>(0),
        .name = rows.text(1),
        .kind = database::stored_name<MerchantKind>(rows.text(2)),
        .county = *CountyCode::parse(rows.text(3)),
        .uscc = *Uscc::parse(rows.text(4)),
        .food_licence = std::nullopt,
        .area_note = rows.text(6),
        .licences = {rows.text(7), rows.optional_date(8), rows.optional_date(9), rows.date(10)},
        .verified_by = rows.id<AccountId>(11)};
    if (const auto licence = rows.optional_text(5)) verified.food_licence = *FoodLicence::parse(*licence);
    return verified;
}

}  // namespace

void append_check(Session& session, MerchantId merchant, const MerchantCheck& check) {
    session.execute(
        "INSERT INTO merchant_check (merchant_id, at, by_account, business_licence, business_licence_until, "
        "food_licence_until, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
        merchant, check.at, check.by, check.licences.business_licence, check.licences.business_until,
        check.licences.food_until, check.note);
}

std::vector<MerchantCheck> read_checks(Session& session, MerchantId merchant, std::uint64_t after,
                                       std::size_t count) {
    std::vector<MerchantCheck> found;
    auto rows = session.query(
        "SELECT check_id, business_licence, business_licence_until, food_licence_until, note, at, by_account "
        "FROM merchant_check WHERE merchant_id = ? AND check_id > ? ORDER BY check_id LIMIT ?",
        merchant, after, count);
    while (rows.next()) {
        const auto at = rows.instant(5);
        found.push_back({rows.natural(0),
                         {rows.text(1), rows.optional_date(2), rows.optional_date(3), shanghai_date(at)},
                         rows.text(4),
                         at,
                         rows.id<AccountId>(6)});
    }
    return found;
}

void write_licences(Session& session, MerchantId merchant, const Licences& licences, bool lapsed) {
    session.execute(
        "UPDATE merchant SET business_licence = ?, business_licence_until = ?, food_licence_until = ?, "
        "checked_on = ?, lapsed = ? WHERE merchant_id = ?",
        licences.business_licence, licences.business_until, licences.food_until, licences.checked_on,
        lapsed ? 1 : 0, merchant);
}

std::vector<MerchantId> overdue_merchants(Session& session, Date today, std::size_t count) {
    std::vector<MerchantId> found;
    auto rows = session.query(
        "SELECT merchant_id FROM merchant WHERE lapsed = 0 AND checked_on IS NOT NULL AND (checked_on < ? OR "
        "business_licence_until < ? OR food_licence_until < ?) ORDER BY merchant_id LIMIT ?",
        today - check_every, today, today, count);
    while (rows.next()) found.push_back(rows.id<MerchantId>(0));
    return found;
}

bool remember_verified(Session& session, const VerifiedMerchant& verified) {
    const auto& licences = verified.licences;
    return database::update_unique(
        session,
        "INSERT INTO verified_merchant (organisation_id, name, kind, county_code, uscc, food_licence, "
        "area_note, business_licence, business_licence_until, food_licence_until, checked_on, verified_by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        verified.organisation, verified.name, wire_name(verified.kind), verified.county.text(),
        verified.uscc.text(), text_of(verified.food_licence), verified.area_note, licences.business_licence,
        licences.business_until, licences.food_until, licences.checked_on, verified.verified_by);
}

void rename_verified(Session& session, OrganisationId house, const std::string& name) {
    session.execute("UPDATE verified_merchant SET name = ? WHERE organisation_id = ? AND merchant_id IS NULL",
                    name, house);
}

std::vector<VerifiedMerchant> verified_without_merchant(Session& session) {
    std::vector<VerifiedMerchant> found;
    auto rows = session.query(
        "SELECT organisation_id, name, kind, county_code, uscc, food_licence, area_note, business_licence, "
        "business_licence_until, food_licence_until, checked_on, verified_by FROM verified_merchant "
        "WHERE hindrance IS NOT NULL ORDER BY organisation_id FOR UPDATE");
    while (rows.next()) found.push_back(verified_of(rows));
    return found;
}

void settle_verified(Session& session, OrganisationId house, std::optional<MerchantId> merchant,
                     std::optional<Hindrance> hindrance) {
    const auto why = hindrance ? std::optional{std::string{wire_name(*hindrance)}} : std::nullopt;
    session.execute("UPDATE verified_merchant SET merchant_id = ?, hindrance = ? WHERE organisation_id = ?",
                    merchant, why, house);
}

std::vector<Registration> read_registrations(Session& session, bool hindered_only, OrganisationId after,
                                             std::size_t count) {
    std::vector<Registration> found;
    auto rows = session.query(
        "SELECT organisation_id, name, uscc, county_code, merchant_id, hindrance FROM verified_merchant "
        "WHERE organisation_id > ? AND (? = 0 OR hindrance IS NOT NULL) ORDER BY organisation_id LIMIT ?",
        after, hindered_only ? 1 : 0, count);
    while (rows.next()) {
        Registration one{rows.id<OrganisationId>(0),       rows.text(1), *Uscc::parse(rows.text(2)),
                         *CountyCode::parse(rows.text(3)), std::nullopt, std::nullopt};
        if (!rows.null(4)) one.merchant = rows.id<MerchantId>(4);
        if (const auto why = rows.optional_text(5)) one.hindrance = database::stored_name<Hindrance>(*why);
        found.push_back(std::move(one));
    }
    return found;
}

}  // namespace shanhai::catalog
