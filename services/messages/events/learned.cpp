#include "messages/events/learned.hpp"

#include "messages/domain/telling.hpp"
#include "messages/store/known_facts.hpp"
#include "messages/store/message_rows.hpp"
#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/certification.pb.h"
#include "shanhai/event/v1/identity.pb.h"
#include "shanhai/event/v1/trace.pb.h"

namespace shanhai::messages {
namespace {

namespace v1 = event::v1;
using database::Session;

/// Whoever was asked before this step and is not asked any more.
void settle_before(Session& session, const v1::ApplicationMoved& told) {
    const auto at = instant_of(told.at_us());
    const auto settled = settled_in(told.state());
    if (!settled.empty()) settle(session, settled, told.application_id(), at);
    // Others may still have to.
    if (told.action() != "RECOMMEND" || told.organisation_id() == 0) return;
    settle(session, {Kind::application_to_recommend}, told.application_id(), at,
           OrganisationId{told.organisation_id()});
}

void learn_step(Session& session, const v1::ApplicationMoved& told) {
    settle_before(session, told);
    News news;
    news.at = instant_of(told.at_us());
    if (!is_news(news.at, session.now())) return;
    news.about.application = ApplicationId{told.application_id()};
    news.about.product = ProductId{told.product_id()};
    news.about.scheme = told.scheme();
    news.about.year = told.year();
    news.reason = told.reason();
    if (const auto kind = kind_of_step(told.action())) {
        news.kind = *kind;
        tell_seller(session, news);
    }
    const auto kind = kind_of_awaited(told.awaited_action());
    if (!kind) return;
    news.kind = *kind;
    news.reason.clear();  // Of the step before, for somebody else.
    if (const auto seller = seller_of(session, *news.about.product)) {
        news.about.product_name = seller->product_name;
    }
    for (const auto& office : told.awaits()) tell(session, OrganisationId{office.organisation_id()}, news);
}

void learn_certification(Session& session, const v1::CertificationDeclared& told) {
    const auto state = from_wire_name<CertificationState>(told.state()).value();
    const CertificationId id{told.certification_id()};
    const ProductId product{told.product_id()};
    const Date valid_to{std::chrono::days{told.valid_to_day()}};
    const auto before =
        remember(session, KnownCertification{id, product, told.scheme(), told.year(), valid_to, state});
    const auto kind = kind_of_change(before, state);
    News news;
    news.at = instant_of(told.state_since_us());
    if (!kind || !is_news(news.at, session.now())) return;
    news.kind = *kind;
    news.about.certification = id;
    news.about.product = product;
    news.about.scheme = told.scheme();
    news.about.year = told.year();
    news.reason = told.reason();
    tell_seller(session, news);
}

void learn_objected(Session& session, const v1::ApplicationObjected& told) {
    News news;
    news.kind = Kind::objection_to_answer;
    news.at = instant_of(told.at_us());
    if (!told.open()) return settle(session, {news.kind}, told.application_id(), news.at);
    if (!is_news(news.at, session.now())) return;
    news.about.application = ApplicationId{told.application_id()};
    news.about.product = ProductId{told.product_id()};
    news.about.scheme = told.scheme();
    news.about.year = told.year();
    if (const auto seller = seller_of(session, *news.about.product)) {
        news.about.product_name = seller->product_name;
    }
    for (const auto& office : told.awaits()) tell(session, OrganisationId{office.organisation_id()}, news);
}

/// What waits for the operator's people.
void learn_onboarding(Session& session, const v1::OnboardingMoved& told) {
    News news;
    news.at = instant_of(told.at_us());
    settle(session, {Kind::house_to_verify, Kind::house_to_verify_second}, told.onboarding_id(), news.at);
    const auto kind = kind_of_onboarding(told.state());
    if (!kind || !is_news(news.at, session.now())) return;
    news.kind = *kind;
    news.about.onboarding = OnboardingId{told.onboarding_id()};
    news.about.merchant_name = told.name();
    tell(session, OrganisationId{}, news, AccountId{told.by_account()});
}

/// What is told of a proposal to the office in which it was made: whoever did something hears nothing of it.
void learn_proposal(Session& session, const v1::ProposalMoved& told) {
    const ProposalId proposal{told.proposal_id()};
    const auto answered_by = told.answered_by();
    const auto kind =
        kind_of_proposal(told.outcome(), answered_by != 0 && answered_by == told.by_account()).value();
    News news;
    news.kind = kind;
    news.at = instant_of(told.at_us());
    if (kind != Kind::proposal_to_answer)
        settle(session, {Kind::proposal_to_answer}, told.proposal_id(), news.at);
    if (!is_news(news.at, session.now())) return;
    news.about.proposal = proposal;
    news.about.proposed = from_wire_name<CertificationState>(told.proposed()).value();
    news.about.certification = CertificationId{told.certification_id()};
    news.about.product = ProductId{told.product_id()};
    news.about.scheme = told.scheme();
    news.about.year = told.year();
    news.reason = told.reason();
    if (const auto seller = seller_of(session, *news.about.product)) {
        news.about.product_name = seller->product_name;
    }
    const auto author = kind == Kind::proposal_to_answer ? told.by_account() : answered_by;
    tell(session, OrganisationId{told.organisation_id()}, news, AccountId{author});
}

/// Each house in it hears of it once, however many of its goods it names.
void learn_edition(Session& session, const v1::EditionPublished& told) {
    News news;
    news.kind = Kind::edition_published;
    news.at = instant_of(told.frozen_us());
    if (!is_news(news.at, session.now())) return;
    news.about.edition = EditionId{told.edition_id()};
    news.about.scheme = told.scheme();
    news.about.year = told.year();
    const auto today = shanghai_date(news.at);
    for (const auto product : certified_by_house(session, told.scheme(), told.year(), today)) {
        news.about.product = product;
        tell_seller(session, news);
    }
}

void learn_merchant(Session& session, const events::Frame& frame, const v1::MerchantRegistered& told) {
    const KnownMerchant merchant{MerchantId{told.merchant_id()}, OrganisationId{told.organisation_id()},
                                 told.name(), told.active()};
    const auto before = remember(session, merchant);
    for (const auto product : awaited_products_of(session, merchant.id)) deliver(session, product);
    const auto kind =
        kind_of_activity(before ? std::optional{before->active} : std::nullopt, merchant.active);
    if (!kind || !is_news(frame.at, session.now())) return;
    News news;
    news.kind = *kind;
    news.at = frame.at;
    news.about.merchant = merchant.id;
    news.about.merchant_name = merchant.name;
    tell(session, merchant.organisation, news);
}

void learn_offers(Session& session, const std::vector<events::Learnt<v1::OfferPublished>>& told) {
    std::vector<KnownProduct> products;
    std::vector<ProductId> ids;
    for (const auto& [offer, at] : told) {
        products.push_back(
            {ProductId{offer.product_id()}, MerchantId{offer.merchant_id()}, offer.product_name()});
        ids.push_back(products.back().id);
    }
    remember(session, products);
    for (const auto product : awaited_of(session, ids)) deliver(session, product);
}

void tell_blocked(Session& session, const v1::LotRegistered& told, Instant at) {
    News news;
    news.kind = Kind::lot_blocked;
    news.at = at;
    news.about.lot = LotId{told.lot_id()};
    news.about.lot_code = told.lot_code();
    news.about.product = ProductId{told.product_id()};
    tell_seller(session, news);
}

void learn_lots(Session& session, const std::vector<events::Learnt<v1::LotRegistered>>& told) {
    std::vector<LotId> ids;
    for (const auto& one : told) ids.push_back(LotId{one.fact.lot_id()});
    auto known = saleable_lots(session, ids);
    std::vector<KnownLot> lots;
    for (const auto& [lot, at] : told) {
        lots.push_back({LotId{lot.lot_id()}, lot.saleable()});
        const auto before = known.try_emplace(lots.back().id, true).first;
        const bool blocked = before->second && !lot.saleable();
        before->second = lot.saleable();
        if (blocked && is_news(at, session.now())) tell_blocked(session, lot, at);
    }
    remember(session, lots);
}

void learn_verified(Session& session, const v1::MerchantVerified& told) {
    News news;
    news.kind = Kind::merchant_verified;
    news.at = instant_of(told.verified_us());
    if (!is_news(news.at, session.now())) return;
    news.about.merchant_name = told.name();
    tell(session, OrganisationId{told.organisation_id()}, news);
}

}  // namespace

const events::Lessons& lessons() {
    using events::Past;
    // Every step is news by itself; of the rest it is news that it is no more as it was.
    static const auto all = events::Lessons{}
                                .of<v1::ApplicationMoved>(Past::every_fact, learn_step)
                                .of<v1::CertificationDeclared>(Past::every_fact, learn_certification)
                                .of<v1::ProposalMoved>(Past::every_fact, learn_proposal)
                                .of<v1::ApplicationObjected>(Past::every_fact, learn_objected)
                                .of<v1::OnboardingMoved>(Past::every_fact, learn_onboarding)
                                .of<v1::EditionPublished>(Past::every_fact, learn_edition)
                                .of<v1::MerchantRegistered>(Past::latest, learn_merchant)
                                .of<v1::OfferPublished>(Past::latest, learn_offers)
                                .of<v1::LotRegistered>(Past::latest, learn_lots)
                                .of<v1::MerchantVerified>(Past::latest, learn_verified);
    return all;
}

}  // namespace shanhai::messages
