#include "catalog/events/facts.hpp"

#include "catalog/domain/category.hpp"

#include <limits>

namespace shanhai::catalog {
namespace {

std::string text(std::string_view view) { return std::string{view}; }

std::int64_t day_number(std::optional<Date> day, std::int64_t otherwise) {
    return day ? day->time_since_epoch().count() : otherwise;
}

void fill(event::v1::Certification& fact, const Certification& certification) {
    fact.set_certification_id(number(certification.id));
    fact.set_scheme(certification.scheme.text());
    fact.set_year(certification.year);
    fact.set_valid_from_us(unix_microseconds(start_of(certification.valid_from)));
    fact.set_valid_to_us(unix_microseconds(start_of(certification.valid_to)));
    fact.set_state(text(wire_name(certification.state)));
    fact.set_state_since_us(unix_microseconds(certification.state_since));
    fact.set_recorded_us(unix_microseconds(certification.recorded));
}

void fill(event::v1::CertificationDeclared& fact, const Certification& certification) {
    fact.set_certification_id(number(certification.id));
    fact.set_product_id(number(certification.product));
    fact.set_scheme(certification.scheme.text());
    fact.set_year(certification.year);
    fact.set_authority(certification.authority);
    fact.set_number(certification.number);
    fact.set_valid_from_day(certification.valid_from.time_since_epoch().count());
    fact.set_valid_to_day(certification.valid_to.time_since_epoch().count());
    fact.set_state(text(wire_name(certification.state)));
    fact.set_state_since_us(unix_microseconds(certification.state_since));
    fact.set_reason(certification.reason);
    fact.set_recorded_us(unix_microseconds(certification.recorded));
}

}  // namespace

event::v1::CountyRegistered fact_of(const County& county) {
    event::v1::CountyRegistered fact;
    fact.set_county_code(text(county.code.text()));
    fact.set_name(county.name);
    fact.set_short_name(county.short_name);
    fact.set_prefecture(county.prefecture);
    fact.set_province(county.province);
    fact.set_assisted(county.assisted);
    return fact;
}

event::v1::PairingDeclared fact_of(const Pairing& pairing) {
    using limits = std::numeric_limits<std::int64_t>;
    event::v1::PairingDeclared fact;
    fact.set_pairing_id(number(pairing.id));
    fact.set_district_code(pairing.district.text());
    fact.set_county_code(pairing.area.text());
    fact.set_programme(text(wire_name(pairing.programme)));
    fact.set_certainty(text(wire_name(pairing.certainty)));
    fact.set_valid_from_day(day_number(pairing.valid_from, limits::min()));
    fact.set_valid_to_day(day_number(pairing.valid_to, limits::max()));
    return fact;
}

event::v1::MerchantRegistered fact_of(const Merchant& merchant) {
    event::v1::MerchantRegistered fact;
    fact.set_merchant_id(number(merchant.id));
    fact.set_name(merchant.name);
    fact.set_kind(text(wire_name(merchant.kind)));
    fact.set_county_code(text(merchant.county.text()));
    fact.set_self_operated(merchant.self_operated);
    fact.set_active(merchant.may_sell());
    fact.set_organisation_id(number(merchant.organisation));
    return fact;
}

event::v1::OfferPublished fact_of(const Product& product, const Sku& sku, const Merchant& merchant) {
    event::v1::OfferPublished fact;
    fact.set_sku_id(number(sku.id));
    fact.set_product_id(number(product.id));
    fact.set_merchant_id(number(product.merchant));
    fact.set_gtin(text(sku.gtin.text()));
    fact.set_product_name(product.text.name);
    fact.set_sku_name(sku.name);
    fact.set_category(product.text.category);
    fact.set_county_code(text(product.county.text()));
    fact.set_product_version(product.version);
    fact.set_snapshot_hash(product.snapshot_hash);
    fact.set_price_version(sku.price_version);
    fact.set_price_fen(sku.price.count());
    fact.set_price_since_us(unix_microseconds(sku.price_since));
    fact.set_net_content_g(sku.net_content.count());
    fact.set_quantity_max(sku.quantity_max);
    fact.set_return_policy(text(wire_name(product.text.return_policy)));
    fact.set_purchase_mode(text(wire_name(product.text.purchase_mode)));
    fact.set_min_remaining_days(sku.min_remaining_days);
    fact.set_listed(product.listed && merchant.may_sell());
    fact.set_never_listed(!product.ever_listed);
    fact.set_merchant_name(merchant.name);
    fact.set_food(is_food(product.text.category));
    fact.set_shelf_life_days(product.text.shelf_life_days.value_or(0));
    for (const auto& certification : product.certifications) {
        // One from before its dates were checked recognises nothing, and would stop whoever reads of it.
        if (certification.possible()) fill(*fact.add_certifications(), certification);
    }
    return fact;
}

event::v1::CertificationHandedOver fact_of(const KeptCertification& kept) {
    event::v1::CertificationHandedOver fact;
    fact.set_certification_id(number(kept.certification.id));
    fill(*fact.mutable_certification(), kept.certification);
    for (const auto& one : kept.steps) {
        auto& step = *fact.add_steps();
        step.set_state(text(wire_name(one.state)));
        step.set_reason(one.reason);
        step.set_at_us(unix_microseconds(one.at));
        step.set_by_account(number(one.by));
    }
    return fact;
}

}  // namespace shanhai::catalog
