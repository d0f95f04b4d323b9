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
    /// By those who know of one picture a product.
    Answer add(const std::string& image) {
        auto body = product_body(merchant_);
        body.erase("images");
        body["image"] = image;
        return post("/v1/products", body);
    }
    Answer add_gallery(const json::array& images) {
        auto body = product_body(merchant_);
        body["images"] = images;
        return post("/v1/products", body);
    }
    Answer add_text(const std::string& product, const json::object& body) {
        return host_.call("POST", product + "/versions", text(body),
                          {{"Authorization", host_.bearer("operator")}, {"If-Match", "*"}});
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
    EXPECT_EQ(add("/pictures/" + std::string(64, '0') + "/800.webp").pointer(), "/images/0");
    EXPECT_EQ(add("/pictures/abc/800.webp").pointer(), "/image");
    const auto theirs = address_in(hand_in(support::png(30, 20), "image/png", cooperative + 1));
    EXPECT_EQ(add(theirs).pointer(), "/images/0");
    const auto own = address_in(hand_in(support::png(40, 20)));
    auto other_form = own;
    other_form.replace(other_form.rfind('/') + 1, std::string::npos, "original");
    EXPECT_EQ(add(other_form).pointer(), "/images/0");
    EXPECT_EQ(add(own).status, 201);
}

TEST_F(Pictures, MayBeDrawingsThatComeWithThePages) {
    const json::array drawing{"/media/goods/ruozhu-noodles.svg"};
    const auto added = add_gallery(drawing);
    ASSERT_EQ(added.status, 201) << added.body;
    EXPECT_EQ(get(added.header("Location")).json().at("images"), drawing);
    EXPECT_EQ(add_gallery({"/media/goods/nothing.svg"}).pointer(), "/images/0");
}

TEST_F(Pictures, MakeAGalleryInTheOrderInWhichTheyAreNamed) {
    json::array images;
    for (std::uint32_t i = 0; i < 3; ++i)
        images.emplace_back(address_in(hand_in(support::png(900 + i, 600))));
    const auto added = add_gallery(images);
    ASSERT_EQ(added.status, 201) << added.body;
    const auto target = added.header("Location");
    EXPECT_EQ(added.json().at("images"), images);
    EXPECT_EQ(added.json().at("image"), images[0]) << "the cover";

    std::swap(images[0], images[2]);
    auto body = text_body();
    body["images"] = images;
    ASSERT_EQ(add_text(target, body).status, 201);
    EXPECT_EQ(get(target).json().at("images"), images);
    EXPECT_EQ(get(target).json().at("version").as_int64(), 2);
    const auto answered = get(target).json();
    body["image"] = answered.at("image");
    EXPECT_EQ(add_text(target, body).status, 201);
    EXPECT_EQ(get(target).json().at("version").as_int64(), 2) << "what is answered may be sent back";

    body["image"] = images[1];
    EXPECT_EQ(add_text(target, body).pointer(), "/image") << "two covers";
    body.erase("images");
    EXPECT_EQ(add_text(target, body).status, 201) << "by who knows of one picture: that is all there is then";
    EXPECT_EQ(get(target).json().at("images"), json::array{images[1]});
}

TEST_F(Pictures, OfAGalleryAreNineAtMostAndEachIsLookedAt) {
    const json::value own = json::string{address_in(hand_in(support::png(900, 600)))};
    const std::string nobodys = "/pictures/" + std::string(64, '0') + "/800.webp";
    EXPECT_EQ(add_gallery({own, own}).pointer(), "/images/1");
    EXPECT_EQ(add_gallery({own, json::string{nobodys}}).pointer(), "/images/1");
    EXPECT_EQ(add_gallery({own, "https://elsewhere.example/x.png"}).pointer(), "/images/1");
    EXPECT_EQ(add_gallery({own, "/media/nothing.svg"}).pointer(), "/images/1");
    auto larger = std::string{own.as_string()};
    larger.replace(larger.rfind('/'), std::string::npos, "/400.webp");
    EXPECT_EQ(add_gallery({own, json::string{larger}}).pointer(), "/images/1") << "the same in another size";
    json::array ten;
    for (const auto* name :
         {"tea", "coffee", "rice", "nut", "spice", "honey", "meat", "poultry", "fruit", "herb"})
        ten.emplace_back("/media/" + std::string{name} + ".svg");
    EXPECT_EQ(add_gallery(ten).pointer(), "/images");
    ten.pop_back();
    EXPECT_EQ(add_gallery(ten).status, 201);
}

}  // namespace
}  // namespace shanhai::catalog
