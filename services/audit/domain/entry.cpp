#include "audit/domain/entry.hpp"

#include "chassis/security/crypto.hpp"

#include <map>

namespace shanhai::audit {
namespace {

/// A JSON object under construction. std::map sorts the ASCII member names as RFC 8785 wants.
class Canonical {
public:
    void text(const std::string& name, std::string_view value) { members_[name] = quoted(value); }
    void integer(const std::string& name, std::int64_t value) { members_[name] = std::to_string(value); }
    void boolean(const std::string& name, bool value) { members_[name] = value ? "true" : "false"; }
    template <class Id>
    void id(const std::string& name, Id value) {
        members_[name] = std::to_string(number(value));
    }

    std::string print() const {
        std::string json = "{";
        for (const auto& [name, value] : members_) {
            if (json.size() > 1) json += ',';
            json += '"' + name + "\":" + value;
        }
        return json + "}";
    }

private:
    /// RFC 8785, section 3.2.2.2: the short escapes where JSON has them, \u00xx for other controls.
    static std::string quoted(std::string_view value) {
        std::string json = "\"";
        for (const char c : value) {
            constexpr std::string_view escaped = "\"\\\b\t\n\f\r";
            constexpr std::string_view letters = "\"\\btnfr";
            if (const auto at = escaped.find(c); at != std::string_view::npos) {
                json += '\\';
                json += letters[at];
            } else if (static_cast<unsigned char>(c) < 0x20) {
                json += "\\u00" + security::hex(std::string_view{&c, 1});
            } else {
                json += c;
            }
        }
        return json + "\"";
    }

    std::map<std::string, std::string> members_;
};

}  // namespace

std::string canonical_entry(const Sale& sale) {
    Canonical entry;
    entry.integer("v", 1);
    entry.text("kind", "SALE");
    entry.text("trust", "PLATFORM");
    entry.text("order", sale.order_number);
    entry.id("line", sale.line);
    entry.text("paid_at", rfc3339(sale.paid_at));
    entry.text("month", Month::of(sale.paid_at).text());
    entry.text("county", sale.county_code);
    entry.id("merchant", sale.merchant);
    entry.id("product", sale.product);
    entry.id("sku", sale.sku);
    entry.id("lot", sale.lot);
    entry.text("lot_code", sale.lot_code);
    entry.integer("quantity", sale.quantity);
    entry.integer("weight_g", sale.weight.count());
    entry.integer("unit_price_fen", sale.unit_price.count());
    entry.integer("total_fen", sale.total.count());
    entry.id("certification", sale.certification);
    entry.boolean("counted", sale.counted);
    entry.text("channel", sale.channel);
    entry.id("placement", sale.placement);
    entry.text("district", sale.credit.district);
    entry.id("pairing", sale.credit.pairing);
    entry.text("programme", sale.credit.programme);
    entry.text("rule", sale.credit.rule);
    entry.text("purchase_mode", sale.purchase_mode);
    entry.integer("product_version", sale.product_version);
    entry.text("snapshot_sha256", security::hex(sale.snapshot_hash));
    entry.text("buyer", sale.buyer);
    return entry.print();
}

}  // namespace shanhai::audit
