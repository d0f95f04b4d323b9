#include "chassis/http/router.hpp"

#include "chassis/http/parameters.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <stdexcept>

namespace shanhai::http {
namespace {

QuickHandler saying(std::string text) {
    return [text = std::move(text)](const Request&) {
        Response response;
        response.body = text;
        return response;
    };
}

Request asking(Method method, std::string_view path) {
    Request request;
    request.method = method;
    request.path = path;
    return request;
}

Response answer(const Router& router, Request& request) {
    boost::asio::io_context io;
    Response answered;
    boost::asio::co_spawn(io, router.answer(request), [&](std::exception_ptr thrown, Response response) {
        if (thrown) std::rethrow_exception(thrown);
        answered = std::move(response);
    });
    io.run();
    return answered;
}

Response answer(const Router& router, Method method, std::string_view path) {
    auto request = asking(method, path);
    return answer(router, request);
}

TEST(Router, PrefersLiteralsOverParametersOverTheRest) {
    Router router;
    router.on_quick(Method::get, "/v1/products/{product_id}", saying("one"));
    router.on_quick(Method::get, "/v1/products/new", saying("new"));
    router.on_quick(Method::get, "/{path...}", saying("page"));
    EXPECT_EQ(answer(router, Method::get, "/v1/products/7").body, "one");
    EXPECT_EQ(answer(router, Method::get, "/v1/products/new").body, "new");
    EXPECT_EQ(answer(router, Method::get, "/v1/products/new/more").body, "page");
    EXPECT_EQ(answer(router, Method::get, "/v1/products/").body, "page");
    EXPECT_EQ(answer(router, Method::get, "/").body, "page");
}

TEST(Router, GivesUpABranchThatLeadsNowhere) {
    Router router;
    router.on_quick(Method::get, "/lots/new/steps", saying("literal"));
    router.on_quick(Method::get, "/lots/{lot}/{part}", saying("parameters"));
    auto request = asking(Method::get, "/lots/new/parts");
    EXPECT_EQ(answer(router, request).body, "parameters");
    EXPECT_EQ(Parameters{request}.untyped("lot"), "new");
    EXPECT_EQ(Parameters{request}.untyped("part"), "parts");
}

TEST(Router, NamesParametersByRouteNotByPlace) {
    Router router;
    router.on_quick(Method::get, "/things/{thing}", saying("thing"));
    router.on_quick(Method::post, "/things/{name}/{rest...}", saying("rest"));
    auto get = asking(Method::get, "/things/7");
    EXPECT_EQ(answer(router, get).body, "thing");
    EXPECT_EQ(Parameters{get}.untyped("thing"), "7");
    auto post = asking(Method::post, "/things/7/a/b");
    EXPECT_EQ(answer(router, post).body, "rest");
    EXPECT_EQ(Parameters{post}.untyped("name"), "7");
    EXPECT_EQ(Parameters{post}.untyped("rest"), "a/b");
}

TEST(Router, DecodesParametersAfterCuttingThePath) {
    Router router;
    router.on_quick(Method::get, "/epcs/{epc}/events", saying("events"));
    auto request = asking(Method::get, "/epcs/https://id.gs1.org/01/events");
    request.encoded_path = "/epcs/https%3A%2F%2Fid.gs1.org%2F01/events";
    EXPECT_EQ(answer(router, request).body, "events");
    EXPECT_EQ(Parameters{request}.untyped("epc"), "https://id.gs1.org/01");
}

TEST(Router, SaysWhichMethodsAPathTakes) {
    Router router;
    router.on_quick(Method::get, "/v1/orders/{order_number}", saying("order"));
    router.on_quick(Method::remove, "/v1/orders/{order_number}", saying("gone"));
    const auto refused = answer(router, Method::post, "/v1/orders/7");
    EXPECT_EQ(refused.status, 405);
    ASSERT_EQ(refused.headers.size(), 1U);
    EXPECT_EQ(refused.headers[0].second, "OPTIONS, GET, HEAD, DELETE");
    const auto options = answer(router, Method::options, "/v1/orders/7");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.headers[0].second, "OPTIONS, GET, HEAD, DELETE");
    EXPECT_EQ(answer(router, Method::get, "/v1/order").status, 404);
    EXPECT_EQ(answer(router, Method::get, "/v1").status, 404);
}

TEST(Router, AnswersHeadWithGet) {
    Router router;
    router.on_quick(Method::get, "/page", saying("page"));
    EXPECT_EQ(answer(router, Method::head, "/page").body, "page");
}

TEST(Router, TurnsWhatAHandlerThrowsIntoAnErrorWithoutDetails) {
    Router router;
    router.on_quick(Method::get, "/quick",
                    [](const Request&) -> Response { throw std::runtime_error{"secret"}; });
    router.on(Method::get, "/slow", [](const Request&) -> boost::asio::awaitable<Response> {
        throw std::runtime_error{"secret"};
        co_return Response{};
    });
    for (const auto* path : {"/quick", "/slow"}) {
        const auto response = answer(router, Method::get, path);
        EXPECT_EQ(response.status, 500) << path;
        EXPECT_EQ(response.body.find("secret"), std::string::npos) << path;
    }
}

TEST(Router, RefusesRoutesThatCannotBe) {
    Router router;
    router.on_quick(Method::get, "/a/{b}", saying("a"));
    EXPECT_THROW(router.on_quick(Method::get, "/a/{c}", saying("a")), std::logic_error);
    EXPECT_THROW(router.on_quick(Method::get, "a", saying("a")), std::logic_error);
    EXPECT_THROW(router.on_quick(Method::get, "/{rest...}/a", saying("a")), std::logic_error);
    EXPECT_NO_THROW(router.on_quick(Method::post, "/a/{b}", saying("a")));
}

TEST(Router, ListsItsRoutesInOrder) {
    Router router;
    router.on_quick(Method::post, "/v1/orders", saying(""));
    router.on_quick(Method::get, "/v1/orders/{order_number}", saying(""));
    router.on_quick(Method::get, "/v1/counties", saying(""));
    const std::vector<std::string> expected{"GET /v1/counties", "GET /v1/orders/{order_number}",
                                            "POST /v1/orders"};
    EXPECT_EQ(router.routes(), expected);
}

}  // namespace
}  // namespace shanhai::http
