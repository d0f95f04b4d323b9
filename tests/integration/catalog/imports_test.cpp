#include "integration/catalog/fixture.hpp"

#include <chrono>

// Tables of products, as they come from spreadsheets.

namespace shanhai::catalog {
namespace {

constexpr std::string_view headings =
    "商户编号,产地区划代码,商品名称,品类,一句话介绍,详细介绍,贮存条件,保质期（天）,产地说明,退货规则,采购方式,上架,商品条码,"
    "规格名称,净含量（克）,价格（元）\r\n";

/// The last digit of a GTIN-13 is reckoned from the others.
std::string gtin_of(std::size_t number) {
    auto digits = "952" + std::to_string(100'000'000 + number);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i)
        sum += (digits[i] - '0') * ((digits.size() - i) % 2 == 1 ? 3 : 1);
    return digits + std::to_string((10 - sum % 10) % 10);
}

std::string line_of(std::size_t number, const std::string& name, const std::string& price = "19.80",
                    const std::string& merchant = "1") {
    return merchant + ",530624," + name +
           ",加工食品,掺入鲜笋的挂面。,\"面粉与鲜笋一起和面，\n慢火烘干。\",阴凉干燥处,365,云南省昭通市大关县,七天无理由退货,"
           "帮助销售,是," +
           gtin_of(number) + ",500克袋装,500," + price + "\r\n";
}

class ProductImports : public Catalog {
protected:
    ProductImports() { add_merchant(); }

    Answer hand_in(const std::string& table, const std::string& query = {},
                   const std::string& role = "operator", std::uint64_t organisation = 0) {
        return host_.call(
            "POST", "/v1/products/imports" + query, table,
            {{"Authorization", host_.bearer(role, organisation)}, {"Content-Type", "text/csv"}});
    }
    std::string table(std::size_t lines) {
        std::string csv{headings};
        for (std::size_t i = 0; i < lines; ++i) csv += line_of(i, "面" + std::to_string(i));
        return csv;
    }
    std::int64_t rows() {
        return host_.number(
            "SELECT (SELECT COUNT(*) FROM product) + (SELECT COUNT(*) FROM product_version) + "
            "(SELECT COUNT(*) FROM sku) + (SELECT COUNT(*) FROM price)");
    }
    static std::string counts(const Answer& answer) {
        const auto body = answer.json();
        return std::to_string(body.at("made").as_int64()) + " made, " +
               std::to_string(body.at("already_there").as_int64()) + " there";
    }
};

TEST_F(ProductImports, MakeProductsWithTheirSkusAndTellOfThem) {
    const auto csv =
        std::string{headings} + line_of(1, "箬竹面") + line_of(2, "箬竹面", "36") + line_of(3, "笋干");
    const auto checked = hand_in(csv, "?check=true");
    EXPECT_EQ(checked.status, 200) << checked.body;
    EXPECT_EQ(counts(checked), "3 made, 0 there");
    EXPECT_FALSE(checked.json().at("written").as_bool());
    EXPECT_EQ(rows(), 0) << "nothing is written when somebody only asks";

    const auto made = hand_in(csv);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(counts(made), "3 made, 0 there");
    const auto shown = product(1);
    EXPECT_EQ(shown.at("name").as_string(), "箬竹面");
    EXPECT_EQ(shown.at("description").as_string(), "面粉与鲜笋一起和面， 慢火烘干。");
    EXPECT_EQ(shown.at("skus").as_array().size(), 2U);
    EXPECT_EQ(shown.at("skus").at(1).at("price_fen").as_int64(), 3600);
    const auto told = offers();
    ASSERT_EQ(told.size(), 3U);
    EXPECT_EQ(told[0].product_name(), "箬竹面");
    EXPECT_EQ(told[2].price_fen(), 1980);
    EXPECT_TRUE(told[2].listed());
}

TEST_F(ProductImports, MakeNothingTwice) {
    const auto csv = std::string{headings} + line_of(1, "箬竹面") + line_of(2, "笋干");
    ASSERT_EQ(hand_in(csv).status, 201);
    const auto before = rows();
    const auto frames = frames_told();
    const auto again = hand_in(csv);
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(counts(again), "0 made, 2 there");
    EXPECT_EQ(rows(), before);
    EXPECT_EQ(frames_told(), frames);
    const auto more = hand_in(csv + line_of(3, "笋干", "9"));
    EXPECT_EQ(counts(more), "1 made, 2 there");
    EXPECT_EQ(product(2).at("skus").as_array().size(), 2U);
    EXPECT_EQ(offers().back().product_name(), "笋干");
}

TEST_F(ProductImports, OfFiveThousandLinesWithOneBadOneLeaveNothingBehind) {
    constexpr std::size_t lines = 5'000;
    auto csv = std::string{headings};
    for (std::size_t i = 0; i < lines; ++i)
        csv += line_of(i, "面" + std::to_string(i), i == 3'333 ? "0" : "19.80");
    const auto refused = hand_in(csv);
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.problem(), "import-refused");
    EXPECT_EQ(refused.json().at("bad_lines").as_int64(), 1);
    EXPECT_EQ(refused.json().at("lines").as_int64(), static_cast<std::int64_t>(lines));
    EXPECT_EQ(refused.pointer(), "/lines/3335/price_yuan") << "as the spreadsheet counts";
    EXPECT_EQ(rows(), 0);
    EXPECT_EQ(frames_told(), 3) << "the county, the pairing and the merchant, nothing else";
}

TEST_F(ProductImports, OfFiveThousandLinesAreOneTransaction) {
    constexpr std::size_t lines = 5'000;
    const auto csv = table(lines);
    const auto begun = std::chrono::steady_clock::now();
    const auto made = hand_in(csv);
    const auto taken = std::chrono::steady_clock::now() - begun;
    ASSERT_EQ(made.status, 201) << made.body.substr(0, 500);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM product"), static_cast<std::int64_t>(lines));
    EXPECT_EQ(offers().size(), lines);
    EXPECT_EQ(host_.number("SELECT number FROM touch_count"), 1 + 3 + 5'000) << "each was touched once";
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(taken).count();
    RecordProperty("milliseconds", std::to_string(milliseconds));
    const auto again = hand_in(csv);
    EXPECT_EQ(counts(again), "0 made, 5000 there");
}

TEST_F(ProductImports, RefuseEachBadLineForItself) {
    ASSERT_EQ(hand_in(std::string{headings} + line_of(1, "箬竹面")).status, 201);
    const std::tuple<std::string, const char*, const char*> cases[] = {
        {line_of(1, "箬竹面", "20"), "/lines/2/price_yuan", "differs"},
        {line_of(1, "别的面"), "/lines/2/gtin", "gtin-taken"},
        {line_of(2, "面") + line_of(2, "饼"), "/lines/3/gtin", "line-repeated"},
        {line_of(2, "面", "1.999"), "/lines/2/price_yuan", "validation-failed"},
        {line_of(2, "面", "1", "77"), "/lines/2/merchant_id", "validation-failed"},
        {line_of(2, ""), "/lines/2/name", "validation-failed"},
    };
    for (const auto& [lines, pointer, code] : cases) {
        const auto refused = hand_in(std::string{headings} + lines);
        EXPECT_EQ(refused.status, 422) << lines;
        EXPECT_EQ(refused.pointer(), pointer) << refused.body;
        EXPECT_EQ(refused.json().at("errors").at(0).at("code").as_string(), code) << refused.body;
    }
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM product"), 1);
    EXPECT_EQ(hand_in("商品名称\r\n面\r\n").problem(), "import-headings");
    EXPECT_EQ(hand_in(std::string{headings} + "\"").problem(), "malformed-csv");
    EXPECT_EQ(post("/v1/products/imports", {}).problem(), "unsupported-media-type");
}

TEST_F(ProductImports, AreForOnesOwnMerchantsOnly) {
    const auto csv = std::string{headings} + line_of(1, "箬竹面");
    EXPECT_EQ(host_.call("POST", "/v1/products/imports", csv, {{"Content-Type", "text/csv"}}).status, 401);
    EXPECT_EQ(hand_in(csv, {}, "auditor").problem(), "role-missing");
    const auto stranger = hand_in(csv, {}, "merchant", 8);
    EXPECT_EQ(stranger.status, 403);
    EXPECT_EQ(stranger.problem(), "not-your-merchant");
    EXPECT_EQ(rows(), 0);
    EXPECT_EQ(hand_in(csv, {}, "merchant", cooperative).status, 201);
}

TEST_F(ProductImports, AtTheSameTimeMakeEverythingOnce) {
    const auto csv = table(300);
    std::vector<Answer> answers(3);
    std::vector<std::thread> threads;
    for (auto& answer : answers) threads.emplace_back([&] { answer = hand_in(csv); });
    for (auto& thread : threads) thread.join();
    std::int64_t made = 0;
    for (const auto& answer : answers) {
        ASSERT_LT(answer.status, 300) << answer.body;
        made += answer.json().at("made").as_int64();
    }
    EXPECT_EQ(made, 300);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM product"), 300);
    EXPECT_EQ(offers().size(), 300U);
}

TEST_F(ProductImports, TakeWhatWasExported) {
    auto odd = product_body(1, "9520000000011");
    odd["name"] = "=箬竹面,\"好\"";
    odd["alias"] = json::array{"+筇竹面", "a、b"};
    odd["listed"] = false;
    odd["images"] = json::array{"/media/noodles.svg", "/media/bamboo-shoot.svg"};
    ASSERT_EQ(post("/v1/products", odd).status, 201);
    ASSERT_EQ(hand_in(table(3)).status, 201);
    const auto exported = host_.call_as("merchant", "GET", "/v1/products/export.csv", {}, cooperative);
    ASSERT_EQ(exported.status, 200);
    EXPECT_TRUE(exported.content_type.starts_with("text/csv"));
    EXPECT_NE(exported.body.find("\"'=箬竹面"), std::string::npos) << "no formula";
    const auto again = hand_in(exported.body);
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(counts(again), "0 made, 4 there");

    // Without the columns that need not be filled it says less of the same things.
    const auto brief = hand_in(std::string{headings} + line_of(0, "面0"));
    EXPECT_EQ(counts(brief), "0 made, 1 there") << brief.body;

    const auto strangers = host_.call_as("merchant", "GET", "/v1/products/export.csv", {}, 8);
    EXPECT_EQ(strangers.body.find("箬竹面"), std::string::npos);
    EXPECT_EQ(host_.call_as("merchant", "GET", "/v1/products/export.csv?merchant_id=1", {}, 8).problem(),
              "not-your-merchant");
}

}  // namespace
}  // namespace shanhai::catalog
