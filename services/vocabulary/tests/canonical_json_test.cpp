#include "vocabulary/canonical_json.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

namespace shanhai {
namespace {

TEST(CanonicalJson, HasOneFormForOneContent) {
    CanonicalObject one;
    one.set("year", 2026).set("name", "箬竹面").set_null("application_id").set("Z", "大写在前");
    CanonicalObject other;
    other.set("Z", "大写在前").set_null("application_id").set("name", "箬竹面").set("year", 2026);
    EXPECT_EQ(one.text(), R"({"Z":"大写在前","application_id":null,"name":"箬竹面","year":2026})");
    EXPECT_EQ(one.text(), other.text());
    EXPECT_EQ(CanonicalObject{}.text(), "{}");
}

TEST(CanonicalJson, EscapesWhatMustBeAndNothingElse) {
    CanonicalObject one;
    one.set("text", std::string_view{"\b\t\n\f\r\"\\/\x01\x1f\x7f\0é😀", 18});
    EXPECT_EQ(one.text(), "{\"text\":\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\\u001f\x7f\\u0000é😀\"}");
}

TEST(CanonicalJson, HoldsListsOfObjects) {
    CanonicalObject inner;
    inner.set("id", -1);
    CanonicalObject one;
    one.set("list", std::vector{inner, CanonicalObject{}}).set("none", std::vector<CanonicalObject>{});
    EXPECT_EQ(one.text(), R"({"list":[{"id":-1},{}],"none":[]})");
}

TEST(CanonicalJson, RefusesWhatTwoProgramsCouldReadDifferently) {
    CanonicalObject one;
    EXPECT_THROW(one.set("number", CanonicalObject::number_max + 1), std::logic_error);
    EXPECT_THROW(one.set("number", -CanonicalObject::number_max - 1), std::logic_error);
    EXPECT_THROW(one.set("名", 1), std::logic_error);
    one.set("number", CanonicalObject::number_max);
    EXPECT_EQ(one.text(), R"({"number":9007199254740991})");
}

}  // namespace
}  // namespace shanhai
