#include "certification/events/learned.hpp"

#include "certification/store/certification_rows.hpp"
#include "certification/store/known_bases.hpp"
#include "certification/store/known_facts.hpp"
#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/certification.pb.h"
#include "shanhai/event/v1/identity.pb.h"
#include "shanhai/event/v1/trace.pb.h"

#include <limits>

namespace shanhai::certification {
namespace {

namespace v1 = event::v1;
using database::Session;

// Dereferencing a Result or an optional that holds nothing throws: the fact makes no sense and is set aside.

template <class E>
E choice(const std::string& name) {
    return from_wire_name<E>(name).value();
}

std::optional<Date> day_of(std::int64_t number) {
    using limits = std::numeric_limits<std::int64_t>;
    if (number == limits::min() || number == limits::max()) return std::nullopt;
    return Date{std::chrono::days{number}};
}

void learn_organisation(Session& session, const v1::OrganisationRegistered& told) {
    std::optional<CountyCode> county;
    if (!told.county_code().empty()) county = *CountyCode::parse(told.county_code());
    std::optional<Uscc> code;
    if (!told.uscc().empty()) code = *Uscc::parse(told.uscc());
    remember_organisation(session, OrganisationId{told.organisation_id()}, told.name(), told.kind(), county,
                          code);
}

void learn_county(Session& session, const v1::CountyRegistered& told) {
    remember(session, KnownCounty{*CountyCode::parse(told.county_code()), told.name(), told.short_name()});
}

void learn_pairing(Session& session, const v1::PairingDeclared& told) {
    remember(session, KnownPairing{PairingId{told.pairing_id()}, *AreaCode::parse(told.district_code()),
                                   *AreaCode::parse(told.county_code()), choice<Certainty>(told.certainty()),
                                   day_of(told.valid_from_day()), day_of(told.valid_to_day())});
}

void learn_merchant(Session& session, const v1::MerchantRegistered& told) {
    remember_merchant(session, MerchantId{told.merchant_id()}, told.name(),
                      OrganisationId{told.organisation_id()}, told.active(),
                      told.kind() == wire_name(MerchantKind::distributor));
}

void learn_offer(Session& session, const v1::OfferPublished& told) {
    remember(session, KnownSku{SkuId{told.sku_id()}, ProductId{told.product_id()},
                               MerchantId{told.merchant_id()}, told.product_name(),
                               *CountyCode::parse(told.county_code()), told.gtin(), told.snapshot_hash(),
                               told.category(), told.price_fen(), told.net_content_g(), told.listed()});
}

void learn_base(Session& session, const v1::BaseDeclared& told) {
    remember(session, KnownBase{BaseId{told.base_id()}, MerchantId{told.merchant_id()},
                                *CountyCode::parse(told.county_code()), told.name(), told.confirmed(),
                                Months::of_bits(told.harvest_months()).value()});
}

void learn_lot(Session& session, const v1::LotRegistered& told) {
    remember(session, KnownLot{LotId{told.lot_id()}, told.lot_code(), ProductId{told.product_id()},
                               BaseId{told.base_id()}, day_of(told.harvest_day())});
}

Certification certification_of(const v1::CertificationDeclared& told) {
    return {.id = CertificationId{told.certification_id()},
            .product = ProductId{told.product_id()},
            .scheme = *SchemeCode::parse(told.scheme()),
            .year = told.year(),
            .authority = told.authority(),
            .number = told.number(),
            .valid_from = *day_of(told.valid_from_day()),
            .valid_to = *day_of(told.valid_to_day()),
            .state = choice<CertificationState>(told.state()),
            .state_since = instant_of(told.state_since_us()),
            .reason = told.reason(),
            .recorded = instant_of(told.recorded_us())};
}

std::vector<StateChange> history_of(const v1::CertificationHandedOver& told) {
    std::vector<StateChange> history;
    for (const auto& step : told.steps()) {
        history.push_back({choice<CertificationState>(step.state()), step.reason(), instant_of(step.at_us()),
                           AccountId{step.by_account()}});
    }
    return history;
}

}  // namespace

events::Lessons lessons(const Announce& announce) {
    using events::Past;
    auto take_over_one = [announce](Session& session, const v1::CertificationHandedOver& told) {
        const auto certification = certification_of(told.certification());
        if (take_over(session, certification, history_of(told))) announce(session, certification);
    };
    return events::Lessons{}
        .of<v1::OrganisationRegistered>(Past::latest, learn_organisation)
        .of<v1::CountyRegistered>(Past::latest, learn_county)
        .of<v1::PairingDeclared>(Past::latest, learn_pairing)
        .of<v1::MerchantRegistered>(Past::latest, learn_merchant)
        .of<v1::OfferPublished>(Past::latest, learn_offer)
        .of<v1::BaseDeclared>(Past::latest, learn_base)
        .of<v1::LotRegistered>(Past::latest, learn_lot)
        .of<v1::CertificationHandedOver>(Past::every_fact, take_over_one)
        .of<v1::CertificationsHandedOver>(Past::every_fact,
                                          [](Session& session, const v1::CertificationsHandedOver& told) {
                                              end_handover(session, told.last_certification_id());
                                          });
}

std::vector<std::string> indispensable_facts() {
    return {v1::CertificationHandedOver{}.GetTypeName(), v1::CertificationsHandedOver{}.GetTypeName()};
}

}  // namespace shanhai::certification
