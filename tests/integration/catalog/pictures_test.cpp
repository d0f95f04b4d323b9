#include "integration/catalog/fixture.hpp"

#include "support/handing_in.hpp"
#include "support/pictures.hpp"

namespace shanhai::catalog {
namespace {

class Pictures : public Catalog {
protected:
    Answer hand_in(const std::string& bytes, const char* type = "image/png",
                   std::uint64_t house = cooperative) {
        return support::hand_in(host_, "/v1/pictures", bytes, type, house);
    }
    /// Of the form that pages show.
    static std::string address_in(const Answer& stored) {
        const auto body = stored.json();
        for (const auto& form : body.at("forms").as_array()) {
            if (form.at("form") == "800.webp") return std::string{form.at("href").as_string()};
        }
        return {};
    }
    Answer add(const std::string& image) {
        auto body = product_body(merchant_);
        body["image"] = image;
        return post("/v1/products", body);
    }

    const std::uint64_t merchant_ = add_merchant();
};

TEST_F(Pictures, AreShownToEverybodyAndNamedByTheirContent) {
    const auto picture = support::png(900, 600);
    const auto stored = hand_in(picture);
    ASSERT_EQ(stored.status, 200) << stored.body;
    const auto address = address_in(stored);
    EXPECT_EQ(address, "/pictures/" + security::hex(security::sha256(picture)) + "/800.webp");
    const auto shown = get(address);
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.content_type, "image/webp");
    EXPECT_EQ(shown.header("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(host_.call("GET", address, {}, {{"If-None-Match", shown.header("ETag")}}).status, 304);
    EXPECT_EQ(get("/pictures/" + std::string(64, '0') + "/800.webp").problem(), "file-unknown");
    EXPECT_EQ(get("/pictures/nothing/800.webp").problem(), "file-unknown");
    EXPECT_EQ(get(address + "x").problem(), "file-unknown");
}

TEST_F(Pictures, AreTakenAndNothingElse) {
    EXPECT_EQ(hand_in(support::pdf(900), "application/pdf").pointer(), "/media_type");
    EXPECT_EQ(hand_in(support::pdf(900), "image/png").json().at("refusal").at("code"), "not-what-it-says");
}

TEST_F(Pictures, GoWithTheProductsText) {
    const auto address = address_in(hand_in(support::png(900, 600)));
    const auto added = add(address);
    ASSERT_EQ(added.status, 201) << added.body;
    EXPECT_EQ(get(added.header("Location")).json().at("image").as_string(), address);
}

TEST_F(Pictures, OfOthersOrOfNobodyAreRefused) {
    EXPECT_EQ(add("/pictures/" + std::string(64, '0') + "/800.webp").pointer(), "/image");
    EXPECT_EQ(add("/pictures/abc/800.webp").pointer(), "/image");
    const auto theirs = address_in(hand_in(support::png(30, 20), "image/png", cooperative + 1));
    EXPECT_EQ(add(theirs).pointer(), "/image");
    const auto own = address_in(hand_in(support::png(40, 20)));
    auto other_form = own;
    other_form.replace(other_form.rfind('/') + 1, std::string::npos, "original");
    EXPECT_EQ(add(other_form).pointer(), "/image");
    EXPECT_EQ(add(own).status, 201);
}

}  // namespace
}  // namespace shanhai::catalog
