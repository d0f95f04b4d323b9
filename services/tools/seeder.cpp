#include "tools/seeder.hpp"

#include <boost/json/array.hpp>
#include <fstream>
#include <iostream>

namespace shanhai::tools {

namespace json = boost::json;

namespace {

std::string text_of(const json::object& object, std::string_view name) {
    return std::string{object.at(name).as_string()};
}

void write_file(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream out{path, std::ios::binary};
    out << bytes;
    out.close();
    if (!out) throw ToolError{"cannot write " + path.string()};
}

}  // namespace

Seeder::Seeder(const config::Settings& settings, const SeedOptions& options)
    : settings_{settings},
      options_{options},
      secrets_{settings.secrets},
      samples_{options.samples},
      today_{shanghai_date(now())},
      admin_{settings.public_url},
      operator_{settings.public_url} {
    admin_.sign_in("admin", secrets_.read("admin_password"));
}

void Seeder::run() {
    open_accounts();
    register_places();
    register_merchants();
    add_products();
    add_bundles();
    certify();
    freeze_catalogues();
    add_bases();
    add_lots();
    add_campaigns();
    save();
}

void Seeder::open_accounts() {
    const auto staff = samples_.json("staff.json");
    for (const auto& value : staff.at("organisations").as_array()) {
        Call call;
        call.path = "/v1/organisations";
        call.body = value.as_object();
        call.row = "staff.json, " + text_of(call.body, "name");
        const auto made = admin_.send(call);
        organisations_[text_of(call.body, "name")] = made.at("organisation_id").to_number<std::int64_t>();
    }
    std::size_t opened = 0;
    for (const auto& value : staff.at("accounts").as_array()) {
        Call call;
        call.path = "/v1/accounts";
        call.body = value.as_object();
        call.row = "staff.json, " + text_of(call.body, "login");
        const auto organisation = text_of(call.body, "organisation");
        call.body.erase("organisation");
        call.body["organisation_id"] = id(organisations_, organisation, call.row);
        if (call.body.at("roles") == json::value(json::array{"certifier"})) {
            certifiers_[organisation.substr(0, organisation.find("（示例）"))].push_back(
                text_of(call.body, "login"));
        }
        call.body["password"] = secrets_.read("demo_password");
        const auto answer = admin_.ask(call);
        if (answer.status == 409) continue;  // The login is taken: it was opened before.
        if (!answer.good()) throw ToolError{call.row + ": " + answer.code + ": " + answer.detail};
        spare_second_factor(answer.body);
        ++opened;
    }
    say(std::to_string(opened) + " accounts opened");
    operator_.sign_in("operator", secrets_.read("demo_password"));
}

void Seeder::spare_second_factor(const json::object& account) {
    if (!account.at("second_factor_required").as_bool()) return;
    Call call;
    call.path = "/v1/accounts/" + std::to_string(account.at("account_id").to_number<std::int64_t>()) +
                "/second-factor";
    call.body["required"] = false;
    call.row = "staff.json, " + text_of(account, "login");
    admin_.send(call);
}

void Seeder::add_campaigns() {
    Ids known;
    for (const auto& campaign : operator_.all("/v1/campaigns")) {
        known[text_of(campaign, "name")] = campaign.at("campaign_id").to_number<std::int64_t>();
    }
    std::map<std::pair<std::int64_t, std::string>, json::object> placed;
    for (const auto& one : operator_.all("/v1/placements")) {
        placed[{one.at("campaign_id").to_number<std::int64_t>(), text_of(one, "name")}] = one;
    }
    std::size_t added = 0;
    const auto samples = samples_.json("campaigns.json");
    for (const auto& value : samples.as_array()) {
        const auto& sample = value.as_object();
        const auto name = text_of(sample, "name");
        const auto day = [&](const char* member) {
            return rfc3339(start_of(today_ + std::chrono::days{sample.at(member).as_int64()}));
        };
        const json::object window{{"from", day("from_days")}, {"to", day("to_days")}};
        if (!known.contains(name)) {
            Call call;
            call.path = "/v1/campaigns";
            call.body = {{"name", name}, {"organiser", sample.at("organiser")}};
            call.body["from"] = window.at("from");
            call.body["to"] = window.at("to");
            for (const auto* optional : {"district_code", "programme_tag"}) {
                const auto* const member = sample.if_contains(optional);
                if (member != nullptr && !member->as_string().empty()) call.body[optional] = *member;
            }
            call.row = "campaigns.json, " + name;
            known[name] = operator_.send_when_known(call).at("campaign_id").to_number<std::int64_t>();
        }
        for (const auto& placement : sample.at("placements").as_array()) {
            const auto& wanted = placement.as_object();
            const auto found = placed.find({known[name], text_of(wanted, "name")});
            if (found == placed.end()) {
                add_placement(known[name], wanted, window);
                ++added;
            } else if (metro_.empty() && text_of(wanted, "channel") == "METRO_QR") {
                metro_ = found->second;
            }
        }
    }
    say(std::to_string(added) + " placements added");
}

void Seeder::add_placement(std::int64_t campaign, const json::object& placement, const json::object& window) {
    Call call;
    call.path = "/v1/placements";
    call.row = "campaigns.json, " + text_of(placement, "name");
    call.body = {
        {"campaign_id", campaign}, {"name", placement.at("name")}, {"channel", placement.at("channel")}};
    const auto made = operator_.send(call);
    if (metro_.empty() && text_of(placement, "channel") == "METRO_QR") metro_ = made;

    json::array items;
    for (const auto& value : placement.at("playlist").as_array()) {
        const auto& item = value.as_object();
        json::object playing = window;
        playing["product_id"] = sku(text_of(item, "gtin"), call.row).product;
        playing["seconds"] = item.at("seconds");
        items.emplace_back(std::move(playing));
    }
    Call look;
    look.method = "GET";
    look.path = call.path + "/" + std::to_string(made.at("placement_id").to_number<std::int64_t>());
    call.method = "PUT";
    call.path = look.path + "/playlist";
    call.headers = {{"If-Match", operator_.ask(look).etag}};
    call.body = {{"items", std::move(items)}};
    operator_.send_when_known(call);
}

void Seeder::save() {
    if (metro_.empty()) throw ToolError{"campaigns.json has no placement of the channel METRO_QR"};
    const auto placement = std::to_string(metro_.at("placement_id").to_number<std::int64_t>());
    if (!options_.save_code.empty()) {
        write_file(options_.save_code, operator_.download("/v1/placements/" + placement + "/code.png"));
    }
    std::string summary;
    summary += "Shop               " + settings_.public_url + "/\n";
    summary += "A metro code scans " + text_of(metro_, "url") + "  (" + text_of(metro_, "name") + ")\n";
    summary += "The desk           " + settings_.public_url + "/desk/  for everyone who works here\n";
    summary += "API                " + settings_.public_url + "/docs\n";
    summary +=
        "Sample accounts    merchant, owner, finance, recommender, certifier, operator, reviewer, auditor; their password: " +
        secrets_.read("demo_password") + "\n";
    if (!options_.save_code.empty()) summary += "The code's picture " + options_.save_code.string() + "\n";
    if (options_.save_summary.empty()) {
        std::cout << summary;
    } else {
        write_file(options_.save_summary, summary);
    }
}

std::int64_t Seeder::id(const Ids& ids, std::string_view name, const std::string& where) {
    const auto found = ids.find(name);
    if (found == ids.end()) throw ToolError{where + ": nothing is called " + std::string{name}};
    return found->second;
}

void Seeder::say(const std::string& what) const { std::cerr << "seed: " << what << '\n'; }

}  // namespace shanhai::tools
