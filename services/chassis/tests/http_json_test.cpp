#include "chassis/http/json.hpp"

#include "vocabulary/codes.hpp"

#include <gtest/gtest.h>
#include <algorithm>

namespace shanhai::http {
namespace {

Request with_body(std::string_view body, std::string_view type = "application/json") {
    Request request;
    request.body = body;
    request.headers.emplace_back("Content-Type", type);
    return request;
}

boost::json::value json(std::string_view body) { return std::move(*read_json(with_body(body))); }

std::vector<std::string> pointers(const std::optional<Error>& error) {
    std::vector<std::string> found;
    if (!error) return found;
    for (const auto& field : error->fields()) found.push_back(field.pointer);
    std::ranges::sort(found);
    return found;
}

using Pointers = std::vector<std::string>;

TEST(ReadJson, TakesWhatIsDeclaredAsJson) {
    for (const auto* type : {"application/json", "application/json; charset=utf-8", "APPLICATION/JSON",
                             "application/merge-patch+json", "application/json;charset=\"UTF-8\"; v=1"}) {
        EXPECT_TRUE(read_json(with_body("{}", type))) << type;
    }
    for (const auto* type : {"text/plain", "", "application/jsonp", "multipart/form-data",
                             "application/json; charset=gbk", "application/json; a=b; CHARSET=\"latin1\""}) {
        const auto refused = read_json(with_body("{}", type));
        ASSERT_FALSE(refused) << type;
        EXPECT_EQ(refused.error().kind(), Failure::unsupported_media_type);
    }
}

TEST(ReadJson, RefusesWhatIsNotOneJsonText) {
    for (const std::string& body :
         {std::string{}, std::string{"{"}, std::string{"{} {}"}, std::string{R"({"a":1,})"},
          std::string{"nul"}, std::string{"\"\xff\""}, std::string{"'a'"}, std::string{"{\"a\":NaN}"},
          std::string(33, '[') + std::string(33, ']')}) {
        const auto refused = read_json(with_body(body));
        ASSERT_FALSE(refused) << body;
        EXPECT_EQ(refused.error().code(), "malformed-json");
    }
    EXPECT_TRUE(read_json(with_body(std::string(32, '[') + std::string(32, ']'))));
}

TEST(ReadJson, RefusesAMemberThatComesTwice) {
    EXPECT_FALSE(read_json(with_body(R"({"price_fen":1,"price_fen":2})")));
    EXPECT_FALSE(read_json(with_body(R"({"lines":[{"a":{"b":1,"b":2}}]})")));
    EXPECT_FALSE(read_json(with_body(R"({"a":1,"\u0061":2})")));
    EXPECT_TRUE(read_json(with_body(R"({"a":":","b":{"a":"\":\\"},"c":"a\"b:c"})")));
}

TEST(Fields, ReadWhatIsThere) {
    const auto body =
        json(R"({"name":"竹笋","quantity":3,"listed":true,"county_code":"530624","tags":["山","海"],
                              "receiver":{"name":"王"},"lines":[{"n":1},{"n":2}],"note":null})");
    Fields fields{body};
    EXPECT_EQ(fields.text("name", 1, 2), "竹笋");
    EXPECT_EQ(fields.integer("quantity", 1, 9), 3);
    EXPECT_TRUE(fields.boolean("listed", false));
    EXPECT_FALSE(fields.boolean("absent", false));
    EXPECT_EQ(fields.parsed<CountyCode>("county_code")->text(), "530624");
    EXPECT_EQ(fields.texts("tags", 1, 5, 1, 10), (std::vector<std::string>{"山", "海"}));
    EXPECT_EQ(fields.object("receiver").text("name", 1, 10), "王");
    std::int64_t sum = 0;
    for (auto& line : fields.objects("lines", 1, 10)) sum += line.integer("n", 0, 9);
    EXPECT_EQ(sum, 3);
    EXPECT_EQ(fields.optional_text("note", 1, 10), std::nullopt);
    EXPECT_EQ(fields.optional_integer("limit", 1, 10), std::nullopt);
    EXPECT_EQ(fields.optional_parsed<CountyCode>("note"), std::nullopt);
    EXPECT_TRUE(fields.texts("absent", 0, 5, 1, 10).empty());
    EXPECT_FALSE(fields.complaints());
}

TEST(Fields, ComplainOfEverythingAtOnceWithExactPointers) {
    const auto body =
        json(R"({"name":"","quantity":1.5,"big":18446744073709551615,"text":7,"county_code":"53",
                              "lines":[{"n":1},{"n":"2"},3],"tags":["ok",4],"a/b~c":1,"receiver":{"nmae":"x"}})");
    Fields fields{body};
    fields.text("name", 1, 10);
    fields.integer("quantity", 1, 9);
    fields.integer("big", 1, 9);
    fields.text("text", 1, 10);
    fields.text("gone", 1, 10);
    fields.parsed<CountyCode>("county_code");
    for (auto& line : fields.objects("lines", 1, 10)) line.integer("n", 0, 9);
    fields.texts("tags", 0, 5, 1, 10);
    fields.object("receiver").text("name", 1, 10);
    fields.object("sender").text("name", 1, 10);
    const auto error = fields.complaints();
    EXPECT_EQ(error->code(), "validation-failed");
    EXPECT_EQ(pointers(error),
              (Pointers{"/a~1b~0c", "/big", "/county_code", "/gone", "/lines/1/n", "/lines/2", "/name",
                        "/quantity", "/receiver/name", "/receiver/nmae", "/sender", "/tags/1", "/text"}));
}

TEST(Fields, RefuseMembersThatNobodyAskedForAtAnyDepth) {
    const auto body = json(R"({"a":1,"lines":[{"n":1,"extra":2}],"object":{"x":{"deep":1}}})");
    Fields fields{body};
    fields.integer("a", 0, 9);
    for (auto& line : fields.objects("lines", 0, 10)) line.integer("n", 0, 9);
    fields.object("object").object("x");
    EXPECT_EQ(pointers(fields.complaints()), (Pointers{"/lines/0/extra", "/object/x/deep"}));
}

TEST(Fields, RefuseABodyThatIsNoObject) {
    const auto body = json("[1]");
    Fields fields{body};
    fields.text("name", 1, 10);
    EXPECT_EQ(pointers(fields.complaints()), Pointers{""});
}

TEST(Fields, CountCharactersNotBytesAndKeepTextsInTheirStoredForm) {
    const auto body =
        json(R"({"two":"竹笋","line":"a\nb","del":"a\u007f","bidi":"\u202ea","blank":"\u3000\u200b",
                              "fine":"\u00a0e\u0301\u3000","lines":"a\r\nb"})");
    Fields fields{body};
    fields.text("two", 2, 2);
    fields.text("line", 1, 9);
    fields.text("del", 1, 9);
    fields.text("bidi", 1, 9);
    fields.text("blank", 1, 9);
    EXPECT_EQ(fields.text("fine", 1, 1), "é");
    EXPECT_EQ(fields.text("lines", 1, 9, Lines::joined), "a b");
    EXPECT_EQ(pointers(fields.complaints()), (Pointers{"/bidi", "/blank", "/del", "/line"}));
}

TEST(Fields, TakeAWholeNumberHoweverItIsWritten) {
    for (const auto* one : {"7", "7.0", "7e0", "70e-1", "0.7E1", "7.000", "0.07e+2"}) {
        const auto body = json(std::string{R"({"n":)"} + one + "}");
        Fields fields{body};
        EXPECT_EQ(fields.integer("n", 1, 9), 7) << one;
        EXPECT_FALSE(fields.complaints()) << one;
    }
    for (const auto* none : {"7.5", R"("7")", "true", "null", "[7]", "1e400", "1e19", "9007199254740994.0",
                             "-0.5", "18446744073709551616"}) {
        const auto body = json(std::string{R"({"n":)"} + none + "}");
        Fields fields{body};
        fields.integer("n", 1, std::numeric_limits<std::int64_t>::max());
        EXPECT_EQ(pointers(fields.complaints()), Pointers{"/n"}) << none;
    }
    for (int n = 1; n < 20'000; ++n) {
        const auto body = json("{\"n\":" + std::to_string(n) + ".0}");
        Fields fields{body};
        ASSERT_EQ(fields.integer("n", 0, 1'000'000), n);
        ASSERT_FALSE(fields.complaints()) << n;
    }
}

TEST(Fields, WantEveryMemberThatIsNotOptional) {
    const auto body = json("{}");
    Fields fields{body};
    fields.text("text", 0, 9);
    fields.secret("secret", 0, 9);
    fields.integer("integer", 0, 9);
    fields.boolean("boolean");
    fields.texts("texts", 1, 9, 0, 9);
    fields.objects("objects", 0, 9);
    fields.object("object");
    fields.parsed<CountyCode>("parsed");
    EXPECT_EQ(pointers(fields.complaints()), (Pointers{"/boolean", "/integer", "/object", "/objects",
                                                       "/parsed", "/secret", "/text", "/texts"}));
}

TEST(Fields, OfAWholeWantWhatIsOptionalToo) {
    const auto body = json(R"({"null":null,"given":"x"})");
    auto fields = Fields::of_whole(body);
    EXPECT_FALSE(fields.optional_text("null", 1, 9));
    EXPECT_EQ(fields.optional_text("given", 1, 9), "x");
    fields.optional_text("text", 1, 9);
    fields.optional_integer("integer", 0, 9);
    fields.boolean("boolean", true);
    fields.texts("texts", 0, 9, 0, 9);
    fields.optional_parsed<CountyCode>("parsed");
    EXPECT_EQ(pointers(fields.complaints()),
              (Pointers{"/boolean", "/integer", "/parsed", "/text", "/texts"}));
}

TEST(Fields, TakeNullForAbsentWhereAMemberIsOptional) {
    const auto body = json(R"({"a":null,"b":null,"c":null,"d":null,"e":null})");
    Fields fields{body};
    EXPECT_FALSE(fields.optional_text("a", 1, 9));
    EXPECT_FALSE(fields.optional_integer("b", 1, 9));
    EXPECT_FALSE(fields.optional_parsed<CountyCode>("c"));
    EXPECT_TRUE(fields.boolean("d", true));
    EXPECT_TRUE(fields.texts("e", 0, 9, 1, 9).empty());
    EXPECT_FALSE(fields.complaints());
}

TEST(Fields, TakeCodesInArraysJustAsTheyStand) {
    const auto body = json(R"({"codes":["530624"," 530625","x",7],"none":null})");
    Fields fields{body};
    const auto codes = fields.all_checked<CountyCode>("codes", 0, 9, CountyCode::parse);
    EXPECT_EQ(codes.size(), 1U);
    EXPECT_TRUE(fields.all_checked<CountyCode>("none", 0, 9, CountyCode::parse).empty());
    EXPECT_EQ(pointers(fields.complaints()), (Pointers{"/codes/1", "/codes/2", "/codes/3"}));
}

TEST(Fields, StopComplainingAfterTwenty) {
    std::string body = "{";
    for (int i = 0; i < 20'000; ++i) body += "\"unknown" + std::to_string(i) + "\":1,";
    const auto value = json(body + "\"" + std::string(50'000, 'n') + "\":1}");
    Fields fields{value};
    fields.text("name", 1, 9);
    const auto error = fields.complaints();
    EXPECT_EQ(error->fields().size(), Fields::complaints_max);
    EXPECT_EQ(error->fields().front().pointer, "/name");

    const auto long_name = json("{\"" + std::string(50'000, 'n') + "\":1}");
    const auto told = Fields{long_name}.complaints();
    EXPECT_EQ(pointers(told), Pointers{""}) << "a name that a caller made up is not sent back at length";
}

TEST(Fields, LimitArrays) {
    const auto body = json(R"({"lines":[{},{},{}],"none":[],"wrong":{}})");
    Fields fields{body};
    EXPECT_TRUE(fields.objects("lines", 1, 2).empty());
    EXPECT_TRUE(fields.objects("none", 1, 2).empty());
    EXPECT_TRUE(fields.objects("wrong", 0, 2).empty());
    EXPECT_EQ(pointers(fields.complaints()), (Pointers{"/lines", "/none", "/wrong"}));
}

}  // namespace
}  // namespace shanhai::http
