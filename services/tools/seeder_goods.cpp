#include "tools/seeder.hpp"

#include <boost/json/array.hpp>
#include <set>

namespace shanhai::tools {

namespace json = boost::json;

namespace {

std::string text_of(const json::object& object, std::string_view name) {
    return std::string{object.at(name).as_string()};
}
std::int64_t id_of(const json::object& object, std::string_view name) {
    return object.at(name).to_number<std::int64_t>();
}

/// Columns that are not empty, as members.
json::object members(const CsvRow& row, std::initializer_list<const char*> columns) {
    json::object body;
    for (const auto* column : columns) {
        if (!row.at(column).empty()) body[column] = row.at(column);
    }
    return body;
}

/// Puts "{year}" right in the number of a certificate.
std::string with_year(std::string text, int year) {
    const std::string place = "{year}";
    const auto at = text.find(place);
    if (at != std::string::npos) text.replace(at, place.size(), std::to_string(year));
    return text;
}

std::string new_year(int year) { return std::to_string(year) + "-01-01"; }

}  // namespace

std::string gtin14(std::string_view gtin) {
    return std::string(14 - std::min<std::size_t>(14, gtin.size()), '0').append(gtin);
}

void Seeder::register_places() {
    const auto counties = samples_.csv("counties.csv");
    for (const auto& row : counties) {
        Call call;
        call.path = "/v1/counties";
        call.body = members(row, {"county_code", "name", "short_name", "prefecture", "province"});
        call.body["assisted"] = row.at("assisted") == "true";
        if (!row.at("former_codes").empty()) call.body["former_codes"] = json::array{row.at("former_codes")};
        call.row = row.where;
        operator_.send(call);
    }
    const auto pairings = samples_.csv("pairings.csv");
    for (const auto& row : pairings) {
        Call call;
        call.path = "/v1/pairings";
        call.body = members(row, {"district_code", "district_name", "county_code", "county_name", "programme",
                                  "certainty", "valid_from", "valid_to", "note"});
        call.row = row.where;
        operator_.send(call);
    }
    say(std::to_string(counties.size()) + " counties and districts, " + std::to_string(pairings.size()) +
        " pairings");
}

void Seeder::register_merchants() {
    const auto samples = samples_.json("merchants.json");
    for (const auto& value : samples.as_array()) {
        Call call;
        call.path = "/v1/merchants";
        call.body = value.as_object();
        const auto name = text_of(call.body, "name");
        call.row = "merchants.json, " + name;
        if (const auto* organisation = call.body.if_contains("organisation")) {
            const auto number = id(organisations_, std::string{organisation->as_string()}, call.row);
            call.body.erase("organisation");
            call.body["organisation_id"] = number;
        }
        merchants_[name] = id_of(operator_.send_when_known(call), "merchant_id");
    }
    say(std::to_string(merchants_.size()) + " merchants");
}

void Seeder::know(const json::object& product) {
    const auto& shelf_life = product.at("shelf_life_days");
    for (const auto& value : product.at("skus").as_array()) {
        const auto& one = value.as_object();
        skus_[text_of(one, "gtin")] = {id_of(one, "sku_id"), id_of(product, "product_id"),
                                       shelf_life.is_null() ? 0 : shelf_life.to_number<std::int64_t>()};
    }
}

const Seeder::KnownSku& Seeder::sku(std::string_view gtin, const std::string& where) const {
    const auto found = skus_.find(gtin14(gtin));
    if (found == skus_.end()) throw ToolError{where + ": no product has the GTIN " + std::string{gtin}};
    return found->second;
}

void Seeder::add_products() {
    for (const auto& product : operator_.all("/v1/products?listed=any")) know(product);
    std::size_t added = 0;
    const auto samples = samples_.json("products.json");
    for (const auto& value : samples.as_array()) {
        Call call;
        call.path = "/v1/products";
        call.body = value.as_object();
        call.row = "products.json, " + text_of(call.body, "name");
        const auto gtin = text_of(call.body.at("skus").as_array().at(0).as_object(), "gtin");
        if (skus_.contains(gtin14(gtin))) continue;
        const auto merchant = id(merchants_, text_of(call.body, "merchant"), call.row);
        call.body.erase("merchant");
        call.body["merchant_id"] = merchant;
        know(operator_.send(call));
        ++added;
    }
    say(std::to_string(added) + " products added");
}

void Seeder::add_bundles() {
    std::set<std::string> known;
    for (const auto& bundle : operator_.all("/v1/bundles?listed=any")) known.insert(text_of(bundle, "name"));
    std::size_t added = 0;
    const auto samples = samples_.json("bundles.json");
    for (const auto& value : samples.as_array()) {
        Call call;
        call.path = "/v1/bundles";
        call.body = value.as_object();
        const auto name = text_of(call.body, "name");
        if (known.contains(name)) continue;
        call.row = "bundles.json, " + name;
        const auto merchant = id(merchants_, text_of(call.body, "merchant"), call.row);
        call.body.erase("merchant");
        call.body["merchant_id"] = merchant;
        for (auto& part : call.body["components"].as_array()) {
            auto& component = part.as_object();
            component["sku_id"] = sku(text_of(component, "gtin"), call.row).sku;
            component.erase("gtin");
        }
        operator_.send(call);
        ++added;
    }
    say(std::to_string(added) + " bundles added");
}

/// What became of a certification its own office says; that it was given is told to the internal port, since
/// what a certifier enters counts from that moment on, and the sample orders are of the past year.
void Seeder::certify() {
    std::map<std::pair<std::string, std::string>, json::object> known;
    for (const auto& one : operator_.all("/v1/certifications")) {
        known[{text_of(one, "scheme"), text_of(one, "number")}] = one;
    }
    Api internal{settings_.internal_url};
    const auto this_year = static_cast<int>(std::chrono::year_month_day{today_}.year());
    std::size_t added = 0;
    for (const auto& row : samples_.csv("certifications.csv")) {
        const auto year = this_year + static_cast<int>(row.integer("year_offset"));
        Call call;
        call.path = "/internal/v1/backfill/certifications";
        call.headers.emplace_back("Shanhai-Internal-Key", secrets_.read("internal_backfill"));
        call.row = row.where;
        call.body = members(row, {"scheme", "authority"});
        call.body["product_id"] = sku(row.at("gtin"), row.where).product;
        call.body["year"] = year;
        for (const auto* counted : {"households", "people"}) {
            if (!row.at(counted).empty()) call.body[counted] = row.integer(counted);
        }
        call.body["number"] = with_year(row.at("number"), year);
        call.body["valid_from"] = new_year(year);
        call.body["valid_to"] = new_year(year + 1);
        auto& one = known[{row.at("scheme"), with_year(row.at("number"), year)}];
        if (one.empty()) {
            one = internal.send_when_known(call);
            one["state"] = "CERTIFIED";
            ++added;
        }
        const auto& state = row.at("state");
        const auto stands = text_of(one, "state");
        if (!state.empty() && stands != state && stands != "EXPIRED")
            change_state(id_of(one, "certification_id"), row);
        // Nobody decides that one expires: whatever is shown of it then, it is shown.
        shown_[id_of(one, "certification_id")] = {sku(row.at("gtin"), row.where).product, state};
    }
    await_certifications();
    say(std::to_string(added) + " certifications added");
}

/// The first edition of this year's catalogue, of each scheme that an office of the sample staff decides.
void Seeder::freeze_catalogues() {
    const auto this_year = static_cast<int>(std::chrono::year_month_day{today_}.year());
    for (const auto& [scheme, authority] : {std::pair{"MINHANG_YOUPIN", "闵行区政府合作交流办"},
                                            std::pair{"BAIXIAN_BAIPIN", "上海市政府合作交流办"}}) {
        const auto office = certifiers_.find(authority);
        const auto known =
            "/v1/editions?scheme=" + std::string{scheme} + "&year=" + std::to_string(this_year);
        if (office == certifiers_.end() || !operator_.all(known).empty()) continue;
        Api certifier{settings_.public_url};
        certifier.sign_in(office->second.at(0), secrets_.read("demo_password"));
        Call call;
        call.path = "/v1/editions";
        call.row = std::string{scheme} + "'s catalogue";
        call.body = {{"scheme", scheme}, {"year", this_year}};
        certifier.send_when_known(call);
    }
}

/// What follows goes by the certifications that the catalog shows.
void Seeder::await_certifications() {
    for (const auto& [id, wanted] : shown_) {
        const auto shows = [&, id = id, wanted = wanted] {
            Call look;
            look.method = "GET";
            look.path = "/v1/products/" + std::to_string(wanted.product);
            look.row = "reading a product";
            const auto product = operator_.send(look);
            return std::ranges::any_of(product.at("certifications").as_array(), [&](const json::value& one) {
                return id_of(one.as_object(), "certification_id") == id &&
                       (wanted.state.empty() || text_of(one.as_object(), "state") == wanted.state);
            });
        };
        Api::await(shows, "the catalog shows certification " + std::to_string(id));
    }
}

/// One certifier of the office asks for it, the second one agrees; a run that was interrupted goes on there.
void Seeder::change_state(std::int64_t certification, const CsvRow& row) {
    const auto office = certifiers_.find(row.at("authority"));
    if (office == certifiers_.end() || office->second.size() < 2) {
        throw ToolError{row.where + ": staff.json has no two certifiers of " + row.at("authority")};
    }
    Api first{settings_.public_url};
    first.sign_in(office->second[0], secrets_.read("demo_password"));
    Api second{settings_.public_url};
    second.sign_in(office->second[1], secrets_.read("demo_password"));
    const auto number = std::to_string(certification);
    const auto waiting = second.all("/v1/proposals?outcome=WAITING&certification_id=" + number);
    const auto asked = std::ranges::find_if(
        waiting, [&](const json::object& one) { return text_of(one, "state") == row.at("state"); });
    Call call;
    call.row = row.where;
    std::int64_t proposal = 0;
    if (asked != waiting.end()) {
        proposal = id_of(*asked, "proposal_id");
    } else {
        call.path = "/v1/certifications/" + number + "/state";
        call.body = {{"state", row.at("state")}, {"reason", row.at("reason")}};
        proposal = id_of(first.send(call).at("proposal").as_object(), "proposal_id");
    }
    call.path = "/v1/proposals/" + std::to_string(proposal) + "/answer";
    call.body = {{"agreed", true}, {"reason", "复核属实"}};
    second.send(call);
}

void Seeder::add_bases() {
    const auto samples = samples_.json("bases.json");
    Api reviewer{settings_.public_url};  // Whoever registers a base does not confirm it.
    reviewer.sign_in("reviewer", secrets_.read("demo_password"));
    for (const auto& value : samples.as_array()) {
        Call call;
        call.path = "/v1/bases";
        call.body = value.as_object();
        const auto name = text_of(call.body, "name");
        call.row = "bases.json, " + name;
        const auto merchant = id(merchants_, text_of(call.body, "merchant"), call.row);
        call.body.erase("merchant");
        call.body["merchant_id"] = merchant;
        const auto base = operator_.send_when_known(call);
        bases_[name] = id_of(base, "base_id");
        if (base.at("confirmed").as_bool()) continue;
        Call look;
        look.method = "GET";
        look.path = "/v1/bases/" + std::to_string(bases_[name]);
        Call confirmation;
        confirmation.path = look.path + "/confirmation";
        confirmation.row = call.row + " (confirmation)";
        confirmation.headers = {{"If-Match", reviewer.ask(look).etag}};
        reviewer.send(confirmation);
    }
    say(std::to_string(bases_.size()) + " production bases");
}

void Seeder::add_lots() {
    std::map<std::pair<std::int64_t, std::string>, std::int64_t> known;
    for (const auto& lot : operator_.all("/v1/lots")) {
        known[{id_of(lot, "sku_id"), text_of(lot, "lot_code")}] = id_of(lot, "lot_id");
    }
    const auto rows = samples_.csv("lots.csv");
    const auto add = [&](Api& api, std::size_t i) {
        const auto found = known.find({sku(rows[i].at("gtin"), rows[i].where).sku, rows[i].at("lot_code")});
        const auto lot = found == known.end() ? add_lot(api, rows[i]) : found->second;
        // Also for a lot that is there: its stock may be what an interrupted run did not come to.
        Call receipt;
        receipt.path = "/v1/stock/receipts";
        receipt.row = rows[i].where + " (stock)";
        receipt.body = {{"lot_id", lot}, {"quantity", rows[i].integer("quantity")}, {"note", "入库"}};
        receipt.headers.emplace_back("Idempotency-Key",
                                     "seed-" + rows[i].at("gtin") + "-" + rows[i].at("lot_code"));
        api.send_when_known(receipt);
    };
    for_each_on_connections(operator_, rows.size(), add);
    say(std::to_string(rows.size() - known.size()) + " lots added, all put into stock");
}

std::int64_t Seeder::add_lot(Api& api, const CsvRow& row) const {
    const auto& goods = sku(row.at("gtin"), row.where);
    const auto days = lot_days(today_, row.at("produced"), row.at("harvest"));
    Call call;
    call.path = "/v1/lots";
    call.row = row.where;
    call.body = members(row, {"lot_code", "conformity_certificate_no", "test_report_no"});
    call.body["base_id"] = id(bases_, row.at("base"), row.where);
    call.body["sku_id"] = goods.sku;
    call.body["quantity"] = row.integer("quantity");
    call.body["production_date"] = date_text(days.production);
    if (days.harvest) call.body["harvest_date"] = date_text(*days.harvest);
    if (goods.shelf_life_days > 0) {
        call.body["expiry_date"] = date_text(days.production + std::chrono::days{goods.shelf_life_days});
    }
    return id_of(api.send_when_known(call), "lot_id");
}

}  // namespace shanhai::tools
