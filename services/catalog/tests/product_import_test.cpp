#include "catalog/domain/product_import.hpp"

#include <gtest/gtest.h>

namespace shanhai::catalog {
namespace {

constexpr Author operator_author{AccountId{1}, OrganisationId{}, false};

NewProduct noodles(const char* gtin) {
    NewProduct product{MerchantId{1}, *CountyCode::parse("530624"), {}, {}, true};
    auto& text = product.text;
    text.name = "箬竹面";
    text.category = "food_processed";
    text.summary = text.description = "面";
    text.storage = "阴凉";
    text.shelf_life_days = 365;
    text.origin_statement = "云南省昭通市大关县";
    product.skus.push_back(
        {.id = {}, .gtin = *Gtin::parse(gtin), .name = "一袋", .net_content = Gram{500}, .price = Fen{1980}});
    return product;
}

ProductFacts facts() {
    ProductFacts facts;
    const auto county = *CountyCode::parse("530624");
    Merchant merchant{.id = MerchantId{1},
                      .name = "合作社",
                      .county = county,
                      .uscc = std::nullopt,
                      .food_licence = std::nullopt,
                      .organisation = OrganisationId{9},
                      .area_note = {}};
    facts.merchants.emplace(merchant.id, merchant);
    facts.counties.emplace(county, County{.code = county,
                                          .name = "大关县",
                                          .short_name = "大关县",
                                          .prefecture = "昭通市",
                                          .province = "云南省",
                                          .former_codes = {}});
    return facts;
}

/// As facts(), with the product of these lines there.
ProductFacts with_stored(const NewProduct& made) {
    auto known = facts();
    Product product{.id = ProductId{70},
                    .merchant = made.merchant,
                    .county = made.county,
                    .text = made.text,
                    .snapshot_hash = {},
                    .listed = made.listed,
                    .skus = made.skus,
                    .certifications = {}};
    for (const auto& sku : made.skus) known.gtins.emplace(sku.gtin, product.id);
    known.products.emplace(ProductFacts::Key{made.merchant, made.text.name}, std::move(product));
    return known;
}

struct Decided {
    std::vector<ProductAddition> additions;
    ImportReport report;
    std::string first() const {
        const auto told = report.faults.told();
        return told.empty() ? "" : std::to_string(told[0].line) + " " + told[0].column + " " + told[0].code;
    }
};

Decided decide(std::vector<NewProduct> products, const ProductFacts& known,
               const Author& author = operator_author,
               const std::set<std::string>& given = {"alias", "storage", "tags", "image", "listed"}) {
    std::vector<ProductLine> lines;
    for (auto& product : products) lines.push_back({lines.size() + 2, std::move(product), given});
    Decided decided;
    decided.additions = decide_products(std::move(lines), known, author, decided.report);
    return decided;
}

TEST(ProductImport, MakesOneProductOfTheLinesOfOneName) {
    const auto decided = decide({noodles("9520000000011"), noodles("9520000000028")}, facts());
    EXPECT_EQ(decided.first(), "");
    ASSERT_EQ(decided.additions.size(), 1U);
    EXPECT_EQ(decided.additions[0].product.skus.size(), 2U);
    EXPECT_EQ(decided.report.made, 2U);
}

TEST(ProductImport, FindsWhatIsThereAndAddsWhatIsNot) {
    const auto known = with_stored(noodles("9520000000011"));
    const auto same = decide({noodles("9520000000011")}, known);
    EXPECT_TRUE(same.additions.empty());
    EXPECT_EQ(same.report.repeated, 1U);
    const auto more = decide({noodles("9520000000011"), noodles("9520000000028")}, known);
    ASSERT_EQ(more.additions.size(), 1U) << more.first();
    EXPECT_EQ(more.additions[0].known, ProductId{70});
    EXPECT_EQ(more.additions[0].product.skus.size(), 1U);
    EXPECT_EQ(more.report.made, 1U);
}

TEST(ProductImport, RefusesALineThatSaysSomethingElse) {
    const auto known = with_stored(noodles("9520000000011"));
    auto dearer = noodles("9520000000011");
    dearer.skus[0].price = Fen{1990};
    EXPECT_EQ(decide({dearer}, known).first(), "2 price_yuan differs");
    auto renamed = noodles("9520000000011");
    renamed.text.summary = "另一种面";
    EXPECT_EQ(decide({renamed}, known).first(), "2 summary differs");
    EXPECT_EQ(decide({noodles("9520000000028"), renamed}, facts()).first(), "3 summary differs");
}

TEST(ProductImport, NamesEveryColumnThatDiffers) {
    const auto known = with_stored(noodles("9520000000011"));
    auto other = noodles("9520000000011");
    other.text.summary = "另一种面";
    other.text.tags = {"新"};
    other.skus[0].price = Fen{1990};
    const auto decided = decide({other}, known);
    std::vector<std::string> columns;
    for (const auto& fault : decided.report.faults.told()) columns.push_back(fault.column);
    EXPECT_EQ(columns, (std::vector<std::string>{"summary", "tags", "price_yuan"}));
    EXPECT_EQ(decided.report.faults.bad_lines(), 1U);
}

TEST(ProductImport, TakesABlankCellForWhatIsThere) {
    auto stored = noodles("9520000000011");
    stored.text.aliases = {"筇竹面"};
    stored.text.images = {"/media/noodles.svg"};
    stored.skus[0].quantity_max = 7;
    const auto known = with_stored(stored);
    auto brief = noodles("9520000000011");
    brief.listed = false;
    brief.text.shelf_life_days = std::nullopt;
    const auto taken = decide({brief}, known, operator_author, {});
    EXPECT_EQ(taken.first(), "");
    EXPECT_EQ(taken.report.repeated, 1U);
    EXPECT_EQ(decide({brief}, known, operator_author, {"listed"}).first(), "2 listed differs");
    EXPECT_EQ(decide({brief}, known, operator_author, {"quantity_max"}).first(), "2 quantity_max differs");
    brief.text.summary = "另一种面";
    EXPECT_EQ(decide({brief}, known, operator_author, {}).first(), "2 summary differs") << "is never blank";
    brief.text.summary = stored.text.summary;
    EXPECT_EQ(decide({stored,
                      [&] {
                          auto next = brief;
                          next.skus[0].gtin = *Gtin::parse("9520000000028");
                          return next;
                      }()},
                     facts(), operator_author, {})
                  .first(),
              "3 listed differs")
        << "lines of a new product say all of it";
}

TEST(ProductImport, RefusesAGtinThatIsTaken) {
    EXPECT_EQ(decide({noodles("9520000000011"), noodles("9520000000011")}, facts()).first(),
              "3 gtin line-repeated");
    auto known = facts();
    known.gtins.emplace(*Gtin::parse("9520000000011"), ProductId{99});
    EXPECT_EQ(decide({noodles("9520000000011")}, known).first(), "2 gtin gtin-taken");
}

TEST(ProductImport, HoldsToTheRulesOfTheSingleOperation) {
    auto elsewhere = noodles("9520000000011");
    elsewhere.merchant = MerchantId{2};
    EXPECT_EQ(decide({elsewhere}, facts()).first(), "2 merchant_id validation-failed");
    const Author stranger{AccountId{2}, OrganisationId{8}, true};
    for (const auto& known : {facts(), with_stored(noodles("9520000000011"))}) {
        const auto refused = decide({noodles("9520000000011")}, known, stranger);
        EXPECT_EQ(refused.first(), "2  not-your-merchant");
        EXPECT_TRUE(refused.report.faults.forbidden());
    }
    std::vector<NewProduct> many;
    for (int i = 0; i <= static_cast<int>(NewProduct::skus_max); ++i) {
        auto digits = "95200000" + std::to_string(1000 + i);
        int sum = 0;
        for (std::size_t at = 0; at < digits.size(); ++at)
            sum += (digits[at] - '0') * ((digits.size() - at) % 2 == 1 ? 3 : 1);
        many.push_back(noodles((digits + std::to_string((10 - sum % 10) % 10)).c_str()));
    }
    EXPECT_EQ(decide(many, facts()).first(), "22 gtin too-many-skus");
}

TEST(ProductColumn, IsWhatThePointerMeans) {
    EXPECT_EQ(product_column("/skus/0/price_fen"), "price_yuan");
    EXPECT_EQ(product_column("/skus/0/name"), "sku_name");
    EXPECT_EQ(product_column("/name"), "name");
    EXPECT_EQ(product_column("/alias/3"), "alias");
    EXPECT_EQ(product_column("/skus"), "gtin");
    EXPECT_EQ(product_column(""), "");
}

}  // namespace
}  // namespace shanhai::catalog
