#include "channel/store/known_facts.hpp"

namespace shanhai::channel {

void remember_county(database::Session& session, const CountyCode& code, const std::string& name) {
    session.execute(
        "INSERT INTO known_county (county_code, name) VALUES (?, ?) "
        "ON DUPLICATE KEY UPDATE name = VALUES(name)",
        code.text(), name);
}

void remember_product(database::Session& session, ProductId id, const std::string& name,
                      const CountyCode& county, bool never_listed) {
    session.execute(
        "INSERT INTO known_product (product_id, name, county_code, never_listed) VALUES (?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE name = VALUES(name), county_code = VALUES(county_code), "
        "never_listed = VALUES(never_listed)",
        id, name, county.text(), never_listed);
}

bool knows_county(database::Session& session, const CountyCode& code) {
    return session.query("SELECT 1 FROM known_county WHERE county_code = ?", code.text()).next();
}

bool knows_product(database::Session& session, ProductId id) {
    return session.query("SELECT 1 FROM known_product WHERE product_id = ?", id).next();
}

}  // namespace shanhai::channel
