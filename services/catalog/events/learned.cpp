#include "catalog/events/learned.hpp"

#include "catalog/store/news.hpp"
#include "catalog/store/organisation_sql.hpp"
#include "shanhai/event/v1/certification.pb.h"
#include "shanhai/event/v1/identity.pb.h"
#include "vocabulary/codes.hpp"

namespace shanhai::catalog {

namespace {

namespace v1 = event::v1;

// Dereferencing a Result or an optional that holds nothing throws: the fact makes no sense.

Date day_of(std::int64_t number) { return Date{std::chrono::days{number}}; }

void learn_organisation(MysqlCatalogStore& store, database::Session& session,
                        const v1::OrganisationRegistered& told) {
    std::optional<CountyCode> county;
    if (!told.county_code().empty()) county = *CountyCode::parse(told.county_code());
    const OrganisationId id{told.organisation_id()};
    const auto before = remember_organisation(session, id, told.name(), told.kind(), county);
    if (!before || *before == told.name()) return;
    store.learn_new_name(session, id, *before, told.name(), AccountId{told.corrected_by()});
}

std::optional<Households> households_of(const v1::CertificationDeclared& told) {
    if (!told.has_households()) return std::nullopt;
    Households households{told.households()};
    if (told.has_people()) households.people = told.people();
    return households;
}

Certification certification_of(const v1::CertificationDeclared& told) {
    return {.id = CertificationId{told.certification_id()},
            .product = ProductId{told.product_id()},
            .scheme = *SchemeCode::parse(told.scheme()),
            .year = told.year(),
            .authority = told.authority(),
            .number = told.number(),
            .valid_from = day_of(told.valid_from_day()),
            .valid_to = day_of(told.valid_to_day()),
            .state = from_wire_name<CertificationState>(told.state()).value(),
            .state_since = instant_of(told.state_since_us()),
            .reason = told.reason(),
            .recorded = instant_of(told.recorded_us()),
            .households = households_of(told)};
}

/// 0 stands for no such day.
std::optional<Date> optional_day(std::int64_t number) {
    return number == 0 ? std::nullopt : std::optional{day_of(number)};
}

VerifiedMerchant verified_of(const v1::MerchantVerified& told) {
    VerifiedMerchant verified{
        .organisation = OrganisationId{told.organisation_id()},
        .name = told.name(),
        .kind = from_wire_name<MerchantKind>(told.kind()).value(),
        .county = *CountyCode::parse(told.county_code()),
        .uscc = *Uscc::parse(told.uscc()),
        .food_licence = std::nullopt,
        .area_note = told.area_note(),
        .licences = {told.business_licence(), optional_day(told.business_licence_until_day()),
                     optional_day(told.food_licence_until_day()),
                     shanghai_date(instant_of(told.verified_us()))},
        .verified_by = AccountId{told.second_account()}};
    if (!told.food_licence().empty()) verified.food_licence = *FoodLicence::parse(told.food_licence());
    return verified;
}

}  // namespace

events::Lessons lessons(MysqlCatalogStore& store) {
    return events::Lessons{}
        .of<v1::OrganisationRegistered>(
            events::Past::latest,
            [&store](database::Session& session, const v1::OrganisationRegistered& told) {
                learn_organisation(store, session, told);
            })
        .of<v1::MerchantVerified>(events::Past::latest,
                                  [&store](database::Session& session, const v1::MerchantVerified& told) {
                                      store.learn(session, verified_of(told));
                                  })
        .of<v1::SchemeDeclared>(events::Past::latest,
                                [](database::Session& session, const v1::SchemeDeclared& told) {
                                    remember_scheme(session, *SchemeCode::parse(told.scheme()),
                                                    told.version(), told.name());
                                })
        // Every word: whether it was certified when an order was paid must stay known to those whom we tell.
        .of<v1::CertificationDeclared>(
            events::Past::every_fact,
            [&store](database::Session& session, const v1::CertificationDeclared& told) {
                store.learn(session, certification_of(told));
            });
}

std::vector<std::string> indispensable_facts() { return {v1::CertificationDeclared{}.GetTypeName()}; }

}  // namespace shanhai::catalog
