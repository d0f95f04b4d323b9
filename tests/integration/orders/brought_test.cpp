#include "integration/audit/fixture.hpp"
#include "integration/orders/http_fixture.hpp"

#include "chassis/events/codec.hpp"
#include "orders/store/bundle_rows.hpp"

namespace shanhai::orders {
namespace {

/// The shop of OrdersHttpTest with goods of two counties, and an audit that hears of what is sold.
class BroughtTest : public OrdersHttpTest {
protected:
    BroughtTest() {
        host_.transact([](database::Session& session) {
            FactWriter writer{session};
            for (const std::uint64_t sku : {2U, 4U}) writer.save(Shop::offer(sku));
            for (const std::uint64_t id : {21U, 41U}) {
                auto lot = Shop::lot(id, id / 10, 60);
                lot.county_code = "530625";
                writer.save(lot);
            }
            save_bundle(
                session,
                {BundleId{1}, MerchantId{5}, 1, "三件", Fen{5959}, true, {{SkuId{1}, 2}, {SkuId{2}, 1}}});
        });
        host_.run(make_service);
        for (const auto* lot : {"21", "41"}) {
            const auto received = host_.call(
                "POST", "/v1/stock/receipts",
                R"({"lot_id":)" + std::string{lot} + R"(,"note":"","quantity":10})",
                {{"Idempotency-Key", lot}, {"Authorization", host_.bearer("operator")}, content()});
            EXPECT_EQ(received.status, 201) << received.body;
        }
        audit_.run(audit::make_service);
    }

    void settle(const support::Answer& placed) {
        const auto url = text(pay(placed), "pay_url");
        (void)host_.call("POST", url.substr(url.find("/sandbox/")), "decision=pay");
        ASSERT_TRUE(becomes(placed, "PAID"));
    }
    /// What the audit counts of SKU 4 and of the others, as the catalog told it.
    static audit::fact::OfferPublished told(const Offer& offer) {
        audit::fact::OfferPublished published;
        published.set_sku_id(number(offer.terms->sku));
        published.set_product_id(number(offer.terms->product));
        published.set_product_name(offer.terms->product_name);
        for (const auto& one : offer.certifications) {
            auto& certification = *published.add_certifications();
            certification.set_certification_id(number(one.id));
            certification.set_valid_from_us(unix_microseconds(one.valid_from));
            certification.set_valid_to_us(unix_microseconds(one.valid_to));
            certification.set_state(std::string{wire_name(one.state)});
            certification.set_state_since_us(unix_microseconds(one.state_since));
        }
        return published;
    }
    /// The ledger takes in every sale of the outbox, once it knows these offers.
    void enter_all(const std::vector<Offer>& offers) {
        std::vector<events::Event> events;
        for (const auto& offer : offers) events.push_back(events::Event::of(told(offer)));
        host_.transact([&](database::Session& session) {
            auto rows = session.query("SELECT frame FROM outbox ORDER BY id");
            while (rows.next()) {
                for (auto& event : events::decode_frame("orders", {1, rows.text(0)}).events) {
                    if (event.type.ends_with("OrderPaid")) events.push_back(std::move(event));
                }
            }
        });
        audit_.transact([&](database::Session& session) {
            const events::Frame frame{"test", 1, now(), {}};
            for (const auto& event : events) audit::lessons().apply(session, frame, event);
        });
        const auto signer = audit::signer(audit_.secrets());
        audit::Sequencer sequencer{audit_.pool(), signer, [] { return now(); }};
        EXPECT_TRUE(sequencer.append_some());
    }
    std::int64_t net_of(const std::string& county) {
        const auto month = date_text(shanghai_date(now())).substr(0, 7);
        const auto answer =
            audit_.call_as("auditor", "GET", "/v1/audit/counties/" + county + "?month=" + month);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.json().at("totals").at("net_fen").as_int64();
    }

    support::ServiceHost audit_{"audit"};
};

TEST_F(BroughtTest, IsToTheFenWhatTheLedgerCountsOfTheOrder) {
    auto body = order(1, 2);
    body["lines"].as_array().push_back(json::parse(R"({"sku_id":4,"quantity":1,"price_version":1})"));
    body["lines"].as_array().push_back(json::parse(R"({"bundle_id":1,"quantity":1,"bundle_version":1})"));
    const auto placed = place(body);
    ASSERT_EQ(placed.status, 201) << placed.body;
    EXPECT_FALSE(show(placed).json().as_object().contains("brought")) << "nothing is paid yet";
    settle(placed);

    // SKU 4 was suspended an hour ago; the payment came here before that word did.
    auto late = Shop::offer(4);
    late.certifications[0].state = CertificationState::suspended;
    late.certifications[0].state_since = now() - std::chrono::hours{1};
    host_.transact([&](database::Session& session) { FactWriter{session}.save(late); });
    host_.run(make_service);
    enter_all({Shop::offer(1), Shop::offer(2), late});

    const auto& shown = show(placed).json();
    const auto& brought = shown.at("brought").as_array();
    ASSERT_EQ(brought.size(), 2U) << shown;
    std::int64_t sum = 0;
    for (const auto& one : brought) {
        const auto amount = one.at("amount_fen").as_int64();
        EXPECT_EQ(amount, net_of(std::string{one.at("county_code").as_string()})) << one;
        sum += amount;
    }
    EXPECT_EQ(sum, shown.at("total_fen").as_int64() - 1990);
}

TEST_F(BroughtTest, IsNotSaidWhereNothingCounts) {
    const auto placed = place(order(4));
    settle(placed);
    EXPECT_EQ(show(placed).json().at("brought").at(0).at("amount_fen").as_int64(), 1990);
    auto late = Shop::offer(4);
    late.certifications[0].state = CertificationState::revoked;
    late.certifications[0].state_since = now() - std::chrono::hours{1};
    host_.transact([&](database::Session& session) { FactWriter{session}.save(late); });
    host_.run(make_service);
    EXPECT_FALSE(show(placed).json().as_object().contains("brought"));
}

}  // namespace
}  // namespace shanhai::orders
