#include "chassis/http/for_people.hpp"

namespace shanhai::http {
namespace {

struct Words {
    std::string_view title;
    std::string_view text;
    std::string_view english;
    bool again;  ///< The same address may well answer a little later.
};

constexpr Words nothing_there{"这个链接打不开",
                              "链接可能没有复制完整，或者已经失效。请检查链接，或者从下面继续。",
                              "This link leads nowhere: it may be cut off, or over.", false};
constexpr Words busy{"现在忙不过来", "请过几秒再试一次，什么都没有丢。",
                     "We are busy. Please try again in some seconds; nothing is lost.", true};
constexpr Words refused{"这一步没有成功", "请看看订单的最新状态，或者过一会儿再试。",
                        "This did not work. Look at the state of your order, or try again later.", false};

const Words& words_of(int status) {
    switch (status) {
        case 400:
        case 404:
        case 410:
            return nothing_there;
        case 429:
        case 502:
        case 503:
        case 504:
            return busy;
        default:
            return refused;
    }
}

constexpr std::string_view page_head = R"(<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>山海集</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;margin:12vh auto;max-width:24rem;padding:0 1.5rem;text-align:center;
overflow-wrap:anywhere}a{display:block;margin-top:1rem;padding:.7rem 1rem;border-radius:2rem;
border:1px solid #0a6b3d;color:#0a6b3d;text-decoration:none}
a.main{background:#0a6b3d;color:#fff}p[lang=en]{color:#555;font-size:.95rem}</style>
<main>
)";

constexpr std::string_view ways_on = R"(<a href="/orders">我的订单 · My orders</a>
<a href="/">去逛逛 · To the shop</a>
</main>
</html>
)";

std::string page_of(const Words& words) {
    std::string page{page_head};
    page.append("<h1>")
        .append(words.title)
        .append("</h1>\n<p>")
        .append(words.text)
        .append("</p>\n<p lang=\"en\">");
    page.append(words.english).append("</p>\n");
    // An empty reference is this very address; what somebody sent us is never written into a page.
    if (words.again) page.append("<a class=\"main\" href=\"\">再试一次 · Try again</a>\n");
    return page.append(ways_on);
}

}  // namespace

bool asks_a_person(const Request& request) {
    return request.header("Accept").find("text/html") != std::string_view::npos;
}

bool belongs_to_programs(std::string_view path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    const auto first = path.substr(0, path.find('/'));
    return equal_without_case(first, "v1") || equal_without_case(first, "internal") || first.starts_with('.');
}

void show_people(const Request& request, Response& response) {
    if (response.status < 400 || response.content_type != problem_type) return;
    if (!asks_a_person(request) || belongs_to_programs(request.path)) return;
    response.body = page_of(words_of(response.status));
    response.shared_body.reset();
    response.content_type = "text/html; charset=utf-8";
    response.headers.emplace_back("Cache-Control", "no-store");
    vary_by(response, "Accept");
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back("Content-Security-Policy",
                                  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
}

}  // namespace shanhai::http
