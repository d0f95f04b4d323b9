#include "chassis/http/parameters.hpp"

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "vocabulary/codes.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/trade.hpp"

#include <gtest/gtest.h>

namespace shanhai::http {
namespace {

/// Sends a request through a router with one route, as the server would.
class Asked {
public:
    Asked(std::string_view pattern, std::string_view path, std::string_view query = {})
        : path_{path}, query_{query} {
        router_.on_quick(Method::get, pattern, [](const Request&) { return Response{}; });
        request.path = path_;
        request.encoded_path = path_.find('%') == std::string::npos ? std::string_view{} : path_;
        request.query = query_;
        match_ = router_.match(request);
    }

    /// The code of the router's refusal; empty when it lets the request pass.
    std::string refusal() const { return match_.refusal ? match_.refusal->code() : std::string{}; }

    Request request;

private:
    Router router_;
    std::string path_;
    std::string query_;
    Router::Match match_;
};

TEST(RouterQuery, GivesDeclaredNamesDecoded) {
    Asked asked{"/v1/products{?q,county,limit}", "/v1/products", "q=%E7%AB%B9%E7%AC%8B+%26&county=530624"};
    ASSERT_EQ(asked.refusal(), "");
    Parameters parameters{asked.request};
    EXPECT_EQ(parameters.optional_text("q", 1, 9), "竹笋 &");
    EXPECT_EQ(parameters.optional_parsed<CountyCode>("county")->text(), "530624");
    EXPECT_EQ(parameters.optional_integer("limit", 1, 100), std::nullopt);
    EXPECT_THROW(static_cast<void>(parameters.optional_flag("undeclared")), std::logic_error);
    EXPECT_FALSE(parameters.complaints());
}

TEST(RouterQuery, RefusesWhatCannotBeDecoded) {
    for (const auto* bad : {"q=%zz", "q=%", "q=%0", "q=%00", "q=a%00b", "q=%ff", "q=%c0%af", "q=%ed%a0%80",
                            "q=\xff", "%ff=1", "q=%e7%ab", "q=%F4%90%80%80"}) {
        EXPECT_EQ((Asked{"/v1/products{?q}", "/v1/products", bad}.refusal()), "malformed-query") << bad;
    }
}

TEST(RouterQuery, RefusesUnknownAndRepeatedNamesBelowV1) {
    for (const auto* bad : {"county=1", "Q=1", "q=1&q=1", "q=1&q=2", "=1", "q[]=1"}) {
        EXPECT_EQ((Asked{"/v1/products{?q}", "/v1/products", bad}.refusal()), "malformed-query") << bad;
    }
    for (const auto* good : {"", "q=1", "q=1&", "&q=1", "q", "q=a=b"}) {
        EXPECT_EQ((Asked{"/v1/products{?q}", "/v1/products", good}.refusal()), "") << good;
    }
    EXPECT_EQ((Asked{"/v1/orders/{id}", "/v1/orders/7", "access=1"}.refusal()), "malformed-query");
}

TEST(RouterQuery, LeavesOtherPeoplesNamesAloneElsewhere) {
    EXPECT_EQ((Asked{"/s/{token}", "/s/T", "utm_source=wechat&from=timeline&from=x&bad=%zz"}.refusal()), "");
    EXPECT_EQ((Asked{"/log/consistency{?from,to}", "/log/consistency", "from=1&to=%zz"}.refusal()),
              "malformed-query");
    EXPECT_EQ((Asked{"/log/consistency{?from,to}", "/log/consistency", "from=1&from=2"}.refusal()),
              "malformed-query");
}

TEST(RouterPath, RefusesWhatIsNotUtf8) {
    for (const auto* bad :
         {"/v1/orders/%ff%fe", "/v1/orders/%00", "/v1/orders/%c0%af", "/v1/orders/%zz", "/v1/orders/\xff"}) {
        EXPECT_EQ((Asked{"/v1/orders/{order_number}", bad}.refusal()), "malformed-path") << bad;
    }
    Asked asked{"/v1/orders/{order_number}", "/v1/orders/%E4%BD%A0"};
    EXPECT_EQ(asked.refusal(), "");
    EXPECT_EQ(Parameters{asked.request}.untyped("order_number"), "你");
}

TEST(Routes, ListTheNamesOfTheirQueries) {
    Router router;
    router.on_quick(Method::get, "/v1/lots{?sku_id,limit,cursor}", [](const Request&) { return Response{}; });
    router.on_quick(Method::get, "/v1/lots/{lot_id}", [](const Request&) { return Response{}; });
    EXPECT_EQ(router.routes(),
              (std::vector<std::string>{"GET /v1/lots/{lot_id}", "GET /v1/lots{?cursor,limit,sku_id}"}));
}

TEST(PathValues, ThatAreNotWhatTheirTypeSaysNameNothing) {
    for (const auto* bad :
         {"0", "-1", "+1", "01", "1.0", "abc", "1a", " 1", "９", "9223372036854775808", "1e3", "0x1"}) {
        Asked asked{"/v1/products/{product_id}", std::string{"/v1/products/"} + bad};
        const auto id = id_in_path<ProductId>(asked.request, "product_id");
        ASSERT_FALSE(id) << bad;
        EXPECT_EQ(id.error().kind(), Failure::not_found) << bad;
        EXPECT_EQ(id.error().code(), "product-unknown") << bad;
    }
    Asked asked{"/v1/products/{product_id}", "/v1/products/9223372036854775807"};
    EXPECT_EQ(number(*id_in_path<ProductId>(asked.request, "product_id")), 9223372036854775807U);
    Asked order{"/v1/orders/{order_number}", "/v1/orders/SH123"};
    EXPECT_EQ(parsed_in_path<OrderNumber>(order.request, "order_number").error().code(), "order-unknown");
}

TEST(QueryValues, ThatBreakARuleAreNamedAllAtOnce) {
    Asked asked{"/v1/x{?id,county,scheme,year,q,flag,needed}", "/v1/x",
                "id=0&county=53&scheme=NONE&year=20.5&q=%E3%80%80&flag=yes"};
    Parameters parameters{asked.request};
    parameters.optional_id<ProductId>("id");
    parameters.optional_parsed<CountyCode>("county");
    parameters.optional_choice<MerchantKind>("scheme", from_wire_name<MerchantKind>);
    parameters.optional_integer("year", 2000, 2100);
    parameters.optional_text("q", 1, 9);
    parameters.optional_flag("flag");
    parameters.integer("needed", 1, 9);
    const auto error = parameters.complaints();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), Failure::invalid);
    std::vector<std::string> named;
    for (const auto& field : error->fields()) named.push_back(field.parameter);
    EXPECT_EQ(named, (std::vector<std::string>{"id", "county", "scheme", "year", "q", "flag", "needed"}));
    EXPECT_NE(respond_with(*error).body.find(R"({"parameter":"county","detail":)"), std::string::npos);
}

TEST(QueryValues, AreReadWithinTheirBounds) {
    Asked asked{"/v1/x{?a,b,c}", "/v1/x", "a=100&b=-5&c=true"};
    Parameters parameters{asked.request};
    EXPECT_EQ(parameters.integer("a", 1, 100), 100);
    EXPECT_EQ(parameters.optional_integer("b", -5, 5), -5);
    EXPECT_EQ(parameters.optional_flag("c"), true);
    EXPECT_FALSE(parameters.complaints());
}

class CursorsTest : public ::testing::Test {
protected:
    static constexpr std::string_view lots = "/v1/lots{?cursor,limit}";

    Result<Cursors::Page> page(const std::string& query, std::string_view pattern = lots) const {
        const Asked asked{pattern, "/v1/lots", query};
        return cursors_.page_of(asked.request);
    }
    std::string cursor(std::string_view position, std::string_view list = "/v1/lots") const {
        return cursors_.encode({20, "", std::string{list}}, position);
    }

    Cursors cursors_{"a key of thirty-two bytes or more"};
};

TEST_F(CursorsTest, GiveBackWhatTheirListGave) {
    EXPECT_EQ(page("")->limit, 20U);
    EXPECT_EQ(page("")->after, "");
    EXPECT_EQ(page("limit=100&cursor=" + cursor("7"))->limit, 100U);
    EXPECT_EQ(page("cursor=" + cursor("2026-05-01|7"))->after, "2026-05-01|7");
    EXPECT_EQ(page("cursor=" + cursor("7"))->after_id<LotId>(), LotId{7});
    EXPECT_EQ(page("")->after_id<LotId>(), LotId{0});
}

TEST_F(CursorsTest, AreRefusedWhenTheirListDidNotGiveThem) {
    const Cursors others{"another key of thirty-two bytes.."};
    for (const auto& bad :
         {std::string{"7"}, others.encode({20, "", "/v1/lots"}, "7"), cursor("7", "/v1/bases")}) {
        const auto refused = page("cursor=" + bad);
        ASSERT_FALSE(refused) << bad;
        EXPECT_EQ(refused.error().code(), "invalid-cursor") << bad;
    }
    for (const auto* bad :
         {"limit=0", "limit=101", "limit=-1", "limit=ten", "limit=1x", "limit=", "cursor="}) {
        const auto refused = page(bad);
        ASSERT_FALSE(refused) << bad;
        EXPECT_EQ(refused.error().code(), "validation-failed") << bad;
    }
}

TEST_F(CursorsTest, AreTakenOnlyWithTheFiltersTheyWereMadeUnder) {
    constexpr std::string_view pattern = "/v1/lots{?county,q,cursor,limit}";
    const auto next = [&](const std::string& filters) {
        return "&cursor=" + cursors_.encode(*page(filters, pattern), "7");
    };
    const auto made = next("county=530624&q=a&limit=2");
    for (const auto* same : {"county=530624&q=a", "q=a&county=530624", "limit=50&county=53062%34&q=a"}) {
        const auto taken = page(same + made, pattern);
        ASSERT_TRUE(taken) << same;
        EXPECT_EQ(taken->after, "7") << same;
    }
    for (const auto* other : {"county=530822&q=a", "county=530624", "q=a", "county=a&q=530624", "limit=2"}) {
        const auto refused = page(other + made, pattern);
        ASSERT_FALSE(refused) << other;
        EXPECT_EQ(refused.error().code(), "invalid-cursor") << other;
    }
    EXPECT_FALSE(page("county=530624&q=a" + next("limit=2"), pattern)) << "made without any filter";
}

TEST_F(CursorsTest, AreTakenOnlyUnderThePathTheyWereMadeUnder) {
    constexpr std::string_view pattern = "/v1/stock/{sku_id}/journal{?cursor,limit}";
    const Asked first{pattern, "/v1/stock/1/journal", ""};
    const auto made = "cursor=" + cursors_.encode(*cursors_.page_of(first.request), "7");
    const Asked again{pattern, "/v1/stock/1/journal", made};
    const Asked other{pattern, "/v1/stock/2/journal", made};
    EXPECT_TRUE(cursors_.page_of(again.request));
    EXPECT_FALSE(cursors_.page_of(other.request));
}

}  // namespace
}  // namespace shanhai::http
