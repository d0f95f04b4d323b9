#pragma once

#include "certification/service.hpp"

#include "certification/events/learned.hpp"
#include "certification/events/outgoing.hpp"
#include "certification/store/certification_rows.hpp"
#include "certification/store/known_bases.hpp"
#include "certification/store/known_facts.hpp"
#include "chassis/events/codec.hpp"
#include "shanhai/event/v1/certification.pb.h"
#include "support/service_host.hpp"
#include "support/told_facts.hpp"

#include <gtest/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace shanhai::certification {

// What others would have told, what certifiers send, and the service as it is wired.

namespace json = boost::json;
using support::Answer;

constexpr std::uint64_t cooperative = 9;             // The organisation that owns the merchant.
constexpr std::uint64_t office_of_minhang = 21;      // The office that decides 闵行优品.
constexpr std::uint64_t office_of_shanghai = 22;     // … 百县百品.
constexpr std::uint64_t office_of_daguan = 23;       // … what 大关县 recognises of its own.
constexpr std::uint64_t farm_office_of_daguan = 24;  // The other department of that county.
constexpr std::uint64_t office_of_songjiang = 30;
constexpr std::uint64_t noodles = 1;  // Invented goods.
constexpr std::uint64_t tea = 2;      // Goods that may be real.

inline const CountyCode daguan = *CountyCode::parse("530624");
inline const CountyCode minhang = *CountyCode::parse("310112");

inline KnownPairing pairing(const char* area = "530624", std::optional<Date> to = std::nullopt) {
    return {PairingId{1},      *AreaCode::parse("310112"), *AreaCode::parse(area),
            Certainty::stated, *parse_date("2021-01-01"),  to};
}

inline KnownSku size_of(std::uint64_t sku, std::uint64_t product, const char* gtin, const char* name,
                        char text = 'a') {
    return {SkuId{sku}, ProductId{product}, MerchantId{1}, name, daguan, gtin, std::string(32, text)};
}

/// Where all of it grows.
inline KnownBase base_of(std::uint64_t merchant = 1, const CountyCode& county = daguan,
                         bool confirmed = true) {
    return {BaseId{1}, MerchantId{merchant}, county, "天星镇筇竹基地", confirmed, {}};
}

inline void know_everything(support::ServiceHost& host) {
    host.transact([](database::Session& session) {
        const auto office = [&](std::uint64_t id, const char* name, std::optional<CountyCode> county) {
            remember_organisation(session, OrganisationId{id}, name, "DISTRICT_OFFICE", county);
        };
        office(office_of_minhang, "闵行区政府合作交流办（示例）", minhang);
        office(office_of_shanghai, "上海市人民政府合作交流办公室", std::nullopt);
        office(office_of_daguan, "大关县乡村振兴局", daguan);
        office(farm_office_of_daguan, "大关县农业农村局", daguan);
        office(office_of_songjiang, "松江区政府合作交流办", *CountyCode::parse("310117"));
        remember_organisation(session, OrganisationId{cooperative}, "大关县翠竹专业合作社", "MERCHANT",
                              daguan);
        remember(session, KnownCounty{daguan, "大关县", "大关县"});
        remember(session, pairing());
        remember_merchant(session, MerchantId{1}, "大关县翠竹专业合作社", OrganisationId{cooperative}, true);
        remember(session, size_of(1, noodles, "09525306240017", "箬竹面"));
        remember(session, size_of(2, tea, "06901234567892", "高山绿茶"));
        remember(session, base_of());
        end_handover(session, 0);
    });
}

inline int this_year() { return static_cast<int>(std::chrono::year_month_day{shanghai_date(now())}.year()); }

/// Of the whole of a year, as the scheme has it; this year's is valid now.
inline json::object certification_body(std::uint64_t product, const std::string& number = "MHYP-0001",
                                       int year = this_year()) {
    return {{"product_id", product},
            {"scheme", "MINHANG_YOUPIN"},
            {"year", year},
            {"authority", "闵行区政府合作交流办"},
            {"number", number},
            {"valid_from", std::to_string(year) + "-01-01"},
            {"valid_to", std::to_string(year + 1) + "-01-01"}};
}

class CertificationService : public ::testing::Test {
protected:
    CertificationService() {
        host_.run(make_service);
        know_everything(host_);
    }

    /// A certifier is one of 闵行 unless another organisation is named.
    Answer post(const std::string& target, const json::object& body, const std::string& role = "certifier",
                std::optional<std::uint64_t> organisation = std::nullopt) {
        const auto house = organisation.value_or(role == "certifier" ? office_of_minhang : 0);
        return host_.call_as(role, "POST", target, json::serialize(body), house);
    }
    /// As another certifier than the one who posts.
    Answer post_as_second(const std::string& target, const json::object& body,
                          std::uint64_t office = office_of_minhang) {
        const security::TokenSigner signer{host_.secrets().read("access_token_private")};
        const security::Principal second{2, office, "second", {"certifier"}};
        return host_.call("POST", target, json::serialize(body),
                          {{"Authorization",
                            "Bearer " + signer.sign(second, host_.clock().now(), std::chrono::minutes{10})}});
    }
    /// The certification of that address is revoked by two.
    void revoke(const std::string& target) {
        const auto asked = post(target + "/state", {{"state", "REVOKED"}, {"reason", "造假"}});
        ASSERT_EQ(asked.status, 202) << asked.body;
        const auto id = asked.json().at("proposal").at("proposal_id").to_number<std::uint64_t>();
        ASSERT_EQ(post_as_second("/v1/proposals/" + std::to_string(id) + "/answer",
                                 {{"agreed", true}, {"reason", "复核属实"}})
                      .status,
                  200);
    }
    Answer certify(const json::object& body, std::uint64_t office = office_of_minhang) {
        return post("/v1/certifications", body, "certifier", office);
    }
    Answer get(const std::string& target) { return host_.call("GET", target); }

    Answer put(const std::string& target, const json::object& body, const std::string& etag,
               const std::string& role = "certifier", std::uint64_t organisation = office_of_minhang) {
        return host_.call("PUT", target, json::serialize(body),
                          {{"Authorization", host_.bearer(role, organisation)}, {"If-Match", etag}});
    }

    /// Every CertificationDeclared in the outbox, oldest first.
    std::vector<event::v1::CertificationDeclared> told() {
        return support::told_facts<event::v1::CertificationDeclared>(host_);
    }

    support::ServiceHost host_{"certification"};
};

}  // namespace shanhai::certification
