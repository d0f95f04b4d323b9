#include "audit/domain/entry.hpp"

#include "audit/domain/canonical.hpp"

namespace shanhai::audit {
namespace {

/// The members of an entry in the order of their names, for whoever writes or reads them (canonical.hpp).
template <class Archive, class S>
void members(Archive& archive, S& sale) {
    const bool second = sale.version >= 2;
    archive.text("buyer", sale.buyer);
    archive.id("certification", sale.certification);
    archive.text("channel", sale.channel);
    archive.boolean("counted", sale.counted);
    archive.text("county", sale.county_code);
    archive.text("district", sale.credit.district);
    archive.constant("kind", "SALE");
    archive.natural("line", sale.line);
    archive.id("lot", sale.lot);
    archive.text("lot_code", sale.lot_code);
    archive.id("merchant", sale.merchant);
    archive.month("month", sale.paid_at);
    archive.text("order", sale.order);
    archive.moment("paid_at", sale.paid_at);
    archive.id("pairing", sale.credit.pairing);
    archive.id("placement", sale.placement);
    archive.id("product", sale.product);
    archive.integer("product_version", sale.product_version);
    archive.text("programme", sale.credit.programme);
    if (second) archive.text("provider", sale.provider);
    archive.text("purchase_mode", sale.purchase_mode);
    archive.integer("quantity", sale.quantity);
    if (second) archive.moment("recorded_at", sale.recorded_at);
    archive.text("rule", sale.credit.rule);
    archive.id("sku", sale.sku);
    archive.hex("snapshot_sha256", sale.snapshot_hash);
    archive.amount("total_fen", sale.total);
    archive.name("trust", sale.trust);
    archive.amount("unit_price_fen", sale.unit_price);
    archive.integer("v", sale.version);
    archive.amount("weight_g", sale.weight);
}

std::optional<Sale> read_as(int version, std::string_view entry) {
    Sale sale;
    sale.version = version;
    CanonicalReader reader{entry};
    members(reader, sale);
    if (!reader.complete() || sale.version != version || canonical_entry(sale) != entry) return std::nullopt;
    return sale;
}

}  // namespace

Trust trust_of(std::string_view provider) {
    return provider == "sample" || provider == "sandbox" ? Trust::sample : Trust::platform;
}

std::string canonical_entry(const Sale& sale) {
    CanonicalWriter writer;
    members(writer, sale);
    return writer.finish();
}

std::optional<Sale> read_entry(std::string_view entry) {
    auto sale = read_as(2, entry);
    return sale ? sale : read_as(1, entry);
}

}  // namespace shanhai::audit
