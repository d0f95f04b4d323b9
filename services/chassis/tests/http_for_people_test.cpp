#include "chassis/http/for_people.hpp"

#include <gtest/gtest.h>

namespace shanhai::http {
namespace {

Response shown(std::string_view path, std::string_view accept, Response response) {
    Request request;
    request.path = path;
    request.headers = {{"Accept", accept}};
    show_people(request, response);
    return response;
}

constexpr std::string_view browser = "text/html,application/xhtml+xml,*/*;q=0.8";

TEST(ForPeople, ShowsAPageWithAWayOnWhereABrowserWouldGetAProblem) {
    auto refused = respond_with(Error{Failure::too_many, "quota", "x"}.retry_after(std::chrono::seconds{7}));
    const auto sent = refused.headers;
    const auto page = shown("/sandbox/pay/PA<script>", browser, std::move(refused));
    EXPECT_EQ(page.status, 429);
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    EXPECT_EQ(page.body.find("script"), std::string::npos);
    for (const auto* way : {"href=\"/\"", "href=\"/orders\"", "href=\"\""}) {
        EXPECT_NE(page.body.find(way), std::string::npos) << way;
    }
    ASSERT_GE(page.headers.size(), sent.size());
    EXPECT_TRUE(std::equal(sent.begin(), sent.end(), page.headers.begin())) << "Retry-After stays";
}

TEST(ForPeople, SaysWhatToDoByTheStatus) {
    for (const auto& [status, words] :
         {std::pair{400, "可能没有复制完整"}, std::pair{404, "可能没有复制完整"},
          std::pair{503, "过几秒再试"}, std::pair{409, "没有成功"}, std::pair{422, "没有成功"},
          std::pair{500, "没有成功"}}) {
        const auto page = shown("/s/x", browser, problem(status, "code", "detail"));
        EXPECT_EQ(page.status, status);
        EXPECT_NE(page.body.find(words), std::string::npos) << status;
    }
}

TEST(ForPeople, LeavesToProgramsWhatIsTheirs) {
    const auto document = problem(404, "code", "detail").body;
    for (const auto& [path, accept] :
         {std::pair{std::string_view{"/sandbox/pay/x"}, std::string_view{"application/json"}},
          std::pair{std::string_view{"/sandbox/pay/x"}, std::string_view{}},
          std::pair{std::string_view{"/v1/orders/x"}, browser}, std::pair{std::string_view{"/V1/x"}, browser},
          std::pair{std::string_view{"/internal/v1/x"}, browser}}) {
        const auto answer = shown(path, accept, problem(404, "code", "detail"));
        EXPECT_EQ(answer.body, document) << path;
        EXPECT_EQ(answer.content_type, problem_type) << path;
    }
    Response page;
    page.status = 404;
    page.content_type = "text/html; charset=utf-8";
    page.body = "mine";
    EXPECT_EQ(shown("/s/x", browser, page).body, "mine");
}

}  // namespace
}  // namespace shanhai::http
