#include "catalog/store/merchant_rows.hpp"

#include "chassis/database/unique.hpp"

namespace shanhai::catalog {

using database::Session;

namespace {

std::optional<std::string> text_of(const std::optional<Uscc>& uscc) {
    return uscc ? std::optional{uscc->text()} : std::nullopt;
}
std::optional<std::string> text_of(const std::optional<FoodLicence>& licence) {
    return licence ? std::optional{licence->text()} : std::nullopt;
}
std::optional<std::string> text_of(const std::optional<ServicePhone>& phone) {
    return phone ? std::optional{phone->text()} : std::nullopt;
}

}  // namespace

MerchantId insert_merchant(Session& session, const Merchant& merchant) {
    session.execute(
        "INSERT INTO merchant (name, kind, county_code, uscc, food_licence, organisation_id, self_operated, "
        "sample, active, area_note, service_phone, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        merchant.name, wire_name(merchant.kind), merchant.county.text(), text_of(merchant.uscc),
        text_of(merchant.food_licence), merchant.organisation, merchant.self_operated, merchant.sample,
        merchant.active, merchant.area_note, text_of(merchant.service_phone), session.now());
    return static_cast<MerchantId>(session.last_insert_id());
}

bool update_merchant(Session& session, const Merchant& merchant) {
    return database::update_unique(
        session,
        "UPDATE merchant SET name = ?, kind = ?, county_code = ?, uscc = ?, food_licence = ?, "
        "organisation_id = ?, self_operated = ?, sample = ?, area_note = ?, service_phone = ?, "
        "version = ? "
        "WHERE merchant_id = ?",
        merchant.name, wire_name(merchant.kind), merchant.county.text(), text_of(merchant.uscc),
        text_of(merchant.food_licence), merchant.organisation, merchant.self_operated, merchant.sample,
        merchant.area_note, text_of(merchant.service_phone), merchant.version, merchant.id);
}

}  // namespace shanhai::catalog
