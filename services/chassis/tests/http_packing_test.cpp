#include "chassis/http/packing.hpp"

#include <gtest/gtest.h>
#include <zlib.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace shanhai::http {
namespace {

std::string unpacked(std::string_view packed) {
    std::string plain(4 * 1024 * 1024, '\0');
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(plain.data());
    stream.avail_out = static_cast<uInt>(plain.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    plain.resize(stream.total_out);
    inflateEnd(&stream);
    return plain;
}

std::string header_of(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

Request asking(std::string_view header, std::string_view value) {
    Request request;
    request.headers = {{header, value}};
    return request;
}

std::string list(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i)
        text += R"({"product_id":)" + std::to_string(i * 7919) + "},";
    text.resize(size);
    return text;
}

Response json(std::size_t size) {
    Response response;
    response.body = list(size);
    response.headers.emplace_back("ETag", R"("v7")");
    return response;
}

const auto gzip = asking("Accept-Encoding", "gzip");

TEST(Packing, IsForTextThatIsWorthIt) {
    auto large = json(79'000);
    EXPECT_EQ(packing_of(gzip, large), Packing::piece_by_piece);
    EXPECT_EQ(header_of(large, "Vary"), "Accept-Encoding");
    auto usual = json(1024);
    EXPECT_EQ(packing_of(gzip, usual), Packing::at_once);
    auto small = json(1023);
    EXPECT_EQ(packing_of(gzip, small), Packing::none);
    EXPECT_EQ(header_of(small, "Vary"), "");
    auto picture = json(5000);
    picture.content_type = "image/png";
    EXPECT_EQ(packing_of(gzip, picture), Packing::none);
    auto packed = json(5000);
    packed.headers.emplace_back("Content-Encoding", "gzip");
    EXPECT_EQ(packing_of(gzip, packed), Packing::none);
    auto secret = json(5000);
    secret.headers.emplace_back("Cache-Control", "no-store");
    EXPECT_EQ(packing_of(gzip, secret), Packing::none) << "its length would tell of the key in it";
}

TEST(Packing, NamesEachHeaderThatAnAnswerDependsOnOnce) {
    Response response;
    EXPECT_FALSE(varies_by(response, "Accept"));
    vary_by(response, "Accept-Encoding");
    EXPECT_FALSE(varies_by(response, "Accept")) << "a part of a name is no name";
    vary_by(response, "Accept");
    vary_by(response, "accept-encoding");
    EXPECT_EQ(header_of(response, "Vary"), "Accept-Encoding, Accept");
    EXPECT_EQ(response.headers.size(), 1U);
}

TEST(Packing, SaysThatItDependsOnTheRequestAlsoWhenNobodyAsks) {
    auto response = json(5000);
    response.headers.emplace_back("Vary", "Accept");
    EXPECT_EQ(packing_of(Request{}, response), Packing::none);
    EXPECT_EQ(header_of(response, "Vary"), "Accept, Accept-Encoding");
    auto refused = json(5000);
    EXPECT_EQ(packing_of(asking("Accept-Encoding", "*;q=0"), refused), Packing::refused);
    auto identity = json(5000);
    EXPECT_EQ(packing_of(asking("Accept-Encoding", "gzip;q=0"), identity), Packing::none);
}

TEST(Packing, KeepsEveryByteAndGivesAnotherTag) {
    auto response = json(5000);
    const auto plain = response.body;
    pack_at_once(response);
    EXPECT_EQ(unpacked(response.content()), plain);
    EXPECT_LT(response.content().size(), plain.size() / 2);
    EXPECT_EQ(header_of(response, "Content-Encoding"), "gzip");
    EXPECT_EQ(header_of(response, "ETag"), R"("v7-gzip")");

    auto long_one = json(1'000'000);
    const auto long_plain = long_one.body;
    boost::asio::io_context io;
    boost::asio::co_spawn(io, pack_piece_by_piece(long_one),
                          [](std::exception_ptr error) { EXPECT_FALSE(error); });
    EXPECT_GE(io.run(), 15U) << "others get their turn in between";
    EXPECT_EQ(unpacked(long_one.content()), long_plain);
}

TEST(Packing, PacksASharedBodyOnce) {
    const auto shared = std::make_shared<const std::string>(list(5000));
    Response first;
    first.shared_body = shared;
    Response second = first;
    pack_at_once(first);
    pack_at_once(second);
    EXPECT_EQ(first.shared_body, second.shared_body);
    EXPECT_EQ(unpacked(first.content()), *shared);
    for (int i = 0; i < 1000; ++i) {  // Bodies come and go, at the same places even.
        Response other;
        other.shared_body = std::make_shared<const std::string>(list(2000) + std::to_string(i));
        const auto plain = *other.shared_body;
        pack_at_once(other);
        ASSERT_EQ(unpacked(other.content()), plain);
    }
}

TEST(Packing, NamesTheFormThatTheClientHas) {
    for (const auto* known : {R"("v7-gzip")", R"(W/"v7-gzip")", R"("v6", "v7-gzip")"}) {
        auto response = conditional(asking("If-None-Match", known), json(5000), R"("v7")");
        vary_by(response, "Authorization");  // What it depends on besides changes nothing.
        ASSERT_EQ(response.status, 304) << known;
        packing_of(asking("If-None-Match", known), response);
        EXPECT_EQ(header_of(response, "ETag"), R"("v7-gzip")") << known;
        EXPECT_EQ(header_of(response, "Vary"), "Authorization, Accept-Encoding");
    }
    auto plain = not_modified(R"("v7")");
    packing_of(asking("If-None-Match", R"("v7")"), plain);
    EXPECT_EQ(header_of(plain, "ETag"), R"("v7")");
}

}  // namespace
}  // namespace shanhai::http
