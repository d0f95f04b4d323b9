#include "audit/events/learned_facts.hpp"
#include "audit/service.hpp"
#include "catalog/events/announcer.hpp"
#include "catalog/events/learned.hpp"
#include "catalog/service.hpp"
#include "certification/events/learned.hpp"
#include "certification/events/outgoing.hpp"
#include "certification/service.hpp"
#include "channel/events/catalog_facts.hpp"
#include "channel/service.hpp"
#include "chassis/events/bounds.hpp"
#include "messages/events/learned.hpp"
#include "messages/service.hpp"
#include "orders/events/learned.hpp"
#include "orders/service.hpp"
#include "shanhai/event/v1/bounds.pb.h"
#include "shanhai/event/v1/bundle.pb.h"
#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/certification.pb.h"
#include "shanhai/event/v1/channel.pb.h"
#include "shanhai/event/v1/identity.pb.h"
#include "shanhai/event/v1/trace.pb.h"
#include "support/service_host.hpp"
#include "trace/events/catalog_facts.hpp"
#include "trace/service.hpp"
#include "vocabulary/trade.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <limits>
#include <regex>

// What a producer lets through, every consumer can store: facts are generated at and around the bounds that
// their fields declare, and those that obey them are applied to the real schemas of all who learn from them.

namespace shanhai {
namespace {

using event::v1::Bounds;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// One in so many fields is drawn without regard to its bounds.
constexpr int strays_one_in = 60;

bool strays() { return *rc::gen::inRange(0, strays_one_in) == 0; }

std::int64_t number_for(const Bounds& bounds) {
    using limits = std::numeric_limits<std::int64_t>;
    const auto min = bounds.has_min() ? bounds.min() : limits::min();
    const auto max = bounds.has_max() ? bounds.max() : limits::max();
    if (strays()) {
        return *rc::gen::element(limits::min(), limits::max(), std::int64_t{-1}, std::int64_t{0},
                                 min - (min > limits::min()), max + (max < limits::max()));
    }
    if (bounds.or_open() && *rc::gen::inRange(0, 4) == 0)
        return *rc::gen::element(limits::min(), limits::max());
    return *rc::gen::element(min, max, min + (max - min) / 2, min + (max > min));
}

/// Texts that some pattern of ours matches, at its edges.
std::string matching(const std::string& pattern) {
    static const std::vector<std::string> pool{"530624",
                                               "100001",
                                               "999999",
                                               "530600",
                                               "310112",
                                               "09525306240017",
                                               "00000000000000",
                                               "99999999999999",
                                               "a",
                                               "food_processed",
                                               std::string(32, '_'),
                                               "A",
                                               "MINHANG_YOUPIN",
                                               std::string(24, 'S'),
                                               "93530624MA6K00000C",
                                               "91310112MA1G000000",
                                               "SC10153062400012",
                                               "!\"'()*+,-.:;=_",
                                               std::string(20, '\'')};
    std::vector<std::string> fitting;
    for (const auto& text : pool) {
        if (std::regex_match(text, std::regex{pattern})) fitting.push_back(text);
    }
    if (fitting.empty()) throw std::logic_error{"no text of the pool matches " + pattern};
    return *rc::gen::elementOf(fitting);
}

std::string text_for(const Bounds& bounds, bool bytes) {
    if (strays()) return *rc::gen::element<std::string>("", "X", "'\\; --", std::string(5000, 'x'), "\xff");
    if (bounds.or_empty() && *rc::gen::arbitrary<bool>()) return {};
    if (bounds.one_of_size() > 0) return bounds.one_of(*rc::gen::inRange(0, bounds.one_of_size()));
    if (!bounds.pattern().empty()) return matching(bounds.pattern());
    const auto length = *rc::gen::element(bounds.min(), bounds.max());
    std::string text;
    const auto unit =
        bytes ? std::string{'\xfe'} : *rc::gen::element<std::string>("x", "'", "\\", "𠮷", "笋");
    for (std::int64_t i = 0; i < length; ++i) text += unit;
    return text;
}

void fill(Message& fact);

void fill(Message& fact, const FieldDescriptor& field) {
    const auto& writing = *fact.GetReflection();
    const auto& bounds = field.options().GetExtension(event::v1::bounds);
    if (field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        for (auto texts = number_for(bounds); texts > 0 && texts < 1'000; --texts)
            writing.AddString(&fact, &field, "方竹笋");
        return;
    }
    switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING:
            return writing.SetString(&fact, &field,
                                     text_for(bounds, field.type() == FieldDescriptor::TYPE_BYTES));
        case FieldDescriptor::CPPTYPE_INT32:
            return writing.SetInt32(&fact, &field, static_cast<std::int32_t>(number_for(bounds)));
        case FieldDescriptor::CPPTYPE_INT64:
            return writing.SetInt64(&fact, &field, number_for(bounds));
        case FieldDescriptor::CPPTYPE_UINT64:
            return writing.SetUInt64(&fact, &field, static_cast<std::uint64_t>(number_for(bounds)));
        case FieldDescriptor::CPPTYPE_BOOL:
            return writing.SetBool(&fact, &field, *rc::gen::arbitrary<bool>());
        case FieldDescriptor::CPPTYPE_MESSAGE:
            for (auto parts = *rc::gen::inRange(0, 3); parts > 0; --parts)
                fill(*writing.AddMessage(&fact, &field));
            return;
        default:
            throw std::logic_error{"no fact has fields of this type yet: " + field.full_name()};
    }
}

void fill(Message& fact) {
    const auto& type = *fact.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) fill(fact, *type.field(i));
}

/// The producer's keys see to what no bound of one field can say.
void tell_apart(event::v1::OfferPublished& offer) {
    for (int i = 0; i < offer.certifications_size(); ++i) {
        offer.mutable_certifications(i)->set_certification_id(static_cast<std::uint64_t>(i) + 1);
    }
}
void tell_apart(event::v1::BundlePublished& bundle) {
    for (int i = 0; i < bundle.components_size(); ++i) {
        bundle.mutable_components(i)->set_sku_id(static_cast<std::uint64_t>(i) + 1);
    }
}
/// The only product that the catalog of this test has.
void tell_apart(event::v1::CertificationDeclared& certification) { certification.set_product_id(1); }
void tell_apart(Message&) {}

class Facts : public ::testing::Test {
protected:
    Facts() {
        orders_.run(orders::make_service);
        audit_.run(audit::make_service);
        trace_.run(trace::make_service);
        channel_.run(channel::make_service);
        catalog_.run(catalog::make_service);
        certification_.run(certification::make_service);
        messages_.run(messages::make_service);
        add_product_to_catalog();
    }

    /// Throws what a consumer would stop at.
    void apply_everywhere(const events::Event& event) {
        const events::Frame frame{"test", 1, now(), {event}};
        orders_.transact([&](database::Session& session) { orders::lessons().apply(session, frame, event); });
        audit_.transact([&](database::Session& session) { audit::lessons().apply(session, frame, event); });
        trace_.transact([&](database::Session& session) { trace::lessons().apply(session, frame, event); });
        channel_.transact(
            [&](database::Session& session) { channel::lessons().apply(session, frame, event); });
        catalog::MysqlCatalogStore store{catalog_.pool(), catalog::announce, [] {}};
        catalog_.transact(
            [&](database::Session& session) { catalog::lessons(store).apply(session, frame, event); });
        certification_.transact([&](database::Session& session) {
            certification::lessons(certification::announce).apply(session, frame, event);
        });
        messages_.transact(
            [&](database::Session& session) { messages::lessons().apply(session, frame, event); });
    }

    void add_product_to_catalog() {
        catalog_.transact([](database::Session& session) {
            session.run(
                "INSERT INTO county (county_code, name, short_name, prefecture, province, assisted) "
                "VALUES ('530624', '大关县', '大关县', '昭通市', '云南省', 1)");
            session.run(
                "INSERT INTO merchant (merchant_id, name, kind, county_code, organisation_id, "
                "self_operated, sample, active, area_note, created_at) "
                "VALUES (1, '合作社', 'COOPERATIVE', '530624', 0, 0, 0, 1, '', UTC_TIMESTAMP(6))");
            session.run(
                "INSERT INTO product (product_id, merchant_id, county_code, name, version, listed, created_at) "
                "VALUES (1, 1, '530624', '面', 1, 1, UTC_TIMESTAMP(6))");
            session.run(
                "INSERT INTO product_version (product_id, version, name, aliases, category, summary, "
                "description, storage, origin_statement, return_policy, purchase_mode, tags, canonical, hash, "
                "created_at, created_by) VALUES (1, 1, '面', '', 'food_processed', '', '', '', '', 'SEVEN_DAY', "
                "'ASSISTED_SALE', '', 'x', UNHEX(SHA2('x', 256)), UTC_TIMESTAMP(6), 1)");
        });
    }

    template <class Fact>
    void hold() {
        int told = 0;
        int kept_back = 0;
        const auto one_is_kept_back_or_applied = [&] {
            Fact fact;
            fill(fact);
            tell_apart(fact);
            if (events::fault_of(fact)) {
                ++kept_back;
                return;
            }
            ++told;
            apply_everywhere(events::bounded(fact));
        };
        // A hundred facts hold some thirty good ones; by bad luck fewer than enough, and then more are made.
        bool held = true;
        for (int round = 0; held && round < 10 && (told < 20 || kept_back < 1); ++round) {
            held = rc::check(Fact::descriptor()->full_name(), one_is_kept_back_or_applied);
        }
        EXPECT_TRUE(held);
        EXPECT_GE(told, 20) << "too few facts were good ones";
        EXPECT_GE(kept_back, 1) << "no fact was a bad one";
    }

    support::ServiceHost orders_{"orders"};
    support::ServiceHost audit_{"audit"};
    support::ServiceHost trace_{"trace"};
    support::ServiceHost channel_{"channel"};
    support::ServiceHost catalog_{"catalog"};
    support::ServiceHost certification_{"certification"};
    support::ServiceHost messages_{"messages"};
};

TEST_F(Facts, OfCountiesAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::CountyRegistered>();
}
TEST_F(Facts, OfPairingsAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::PairingDeclared>();
}
TEST_F(Facts, OfMerchantsAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::MerchantRegistered>();
}
TEST_F(Facts, OfVerifiedMerchantsAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::MerchantVerified>();
}
TEST_F(Facts, OfOffersAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::OfferPublished>();
}
TEST_F(Facts, OfBundlesAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::BundlePublished>();
}
TEST_F(Facts, OfCertificationsAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::CertificationDeclared>();
}
TEST_F(Facts, OfStepsOfApplicationsAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::ApplicationMoved>();
}
TEST_F(Facts, OfProposalsAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::ProposalMoved>();
}
TEST_F(Facts, OfObjectionsAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::ApplicationObjected>();
}
TEST_F(Facts, OfHousesThatApplyAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::OnboardingMoved>();
}
TEST_F(Facts, OfEditionsAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::EditionPublished>();
}
TEST_F(Facts, OfSchemesAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::SchemeDeclared>();
}
TEST_F(Facts, OfPlacementsAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::PlacementRegistered>();
}
TEST_F(Facts, OfBasesAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::BaseDeclared>();
}
TEST_F(Facts, OfLotsAreStoredByEverybodyWhenTheirProducerLetsThemThrough) {
    hold<event::v1::LotRegistered>();
}

template <class E, class Fact>
void expect_names(const char* field) {
    const auto& bounds =
        Fact::descriptor()->FindFieldByName(field)->options().GetExtension(event::v1::bounds);
    ASSERT_GT(bounds.one_of_size(), 0) << field;
    for (const auto& name : bounds.one_of()) EXPECT_TRUE(from_wire_name<E>(name)) << name;
    // No enum has more names than the bounds know: the next one would be a name, too.
    for (int i = 0; i < bounds.one_of_size(); ++i) EXPECT_EQ(bounds.one_of(i), wire_name(static_cast<E>(i)));
}

TEST(Bounds, NameWhatTheVocabularyNames) {
    expect_names<Programme, event::v1::PairingDeclared>("programme");
    expect_names<Certainty, event::v1::PairingDeclared>("certainty");
    expect_names<MerchantKind, event::v1::MerchantRegistered>("kind");
    expect_names<MerchantKind, event::v1::MerchantVerified>("kind");
    expect_names<CertificationState, event::v1::Certification>("state");
    expect_names<CertificationState, event::v1::CertificationDeclared>("state");
    expect_names<CertificationState, event::v1::CertificationStep>("state");
    expect_names<ReturnPolicy, event::v1::OfferPublished>("return_policy");
    expect_names<PurchaseMode, event::v1::OfferPublished>("purchase_mode");
    expect_names<ChannelKind, event::v1::PlacementRegistered>("channel");
}

event::v1::Certification of_2026() {
    event::v1::Certification fact;
    fact.set_certification_id(1);
    fact.set_scheme("MINHANG_YOUPIN");
    fact.set_year(2026);
    fact.set_valid_from_us(unix_microseconds(start_of(*parse_date("2026-01-01"))));
    fact.set_valid_to_us(unix_microseconds(start_of(*parse_date("2027-01-01"))));
    fact.set_state("CERTIFIED");
    fact.set_state_since_us(unix_microseconds(*parse_rfc3339("2026-01-01T00:00:00Z")));
    return fact;
}

TEST(Bounds, KeepBackWhatOnceStoppedAllSelling) {
    EXPECT_FALSE(events::fault_of(of_2026()));
    auto of_1926 = of_2026();
    of_1926.set_valid_from_us(unix_microseconds(start_of(*parse_date("1926-01-01"))));
    of_1926.set_valid_to_us(unix_microseconds(start_of(*parse_date("1927-01-01"))));
    EXPECT_EQ(events::fault_of(of_1926), "Certification.valid_from_us is not within its bounds");
    EXPECT_THROW(events::bounded(of_1926), std::logic_error);
    auto backwards = of_2026();
    backwards.set_valid_to_us(backwards.valid_from_us());
    EXPECT_TRUE(events::fault_of(backwards));
    event::v1::OfferPublished offer;
    *offer.add_certifications() = of_1926;
    EXPECT_TRUE(events::fault_of(offer)) << "of its parts, too";
}

}  // namespace
}  // namespace shanhai
