#include "shop_pages/asking.hpp"

#include "chassis/observe/log.hpp"
#include "shop_pages/goods.hpp"
#include "shop_pages/shelf_address.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace shanhai::shop_pages {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

/// As the program of the page asks (services/web/src/shop/product_list.ts): it takes the answer for its own.
constexpr std::string_view shelf_route = "/v1/products";
constexpr std::string_view shelf_query = "limit=12";
constexpr std::string_view categories_route = "/v1/categories";
constexpr std::string_view counties_route = "/v1/counties";
constexpr std::string_view county_route = "/v1/counties/{county_code}";
constexpr std::string_view facets_route = "/v1/products/facets";

http::PageHead head_of_product(const json::object& product) {
    const std::string name{text_in(product, "name")};
    const std::string county{text_in(product.at("county").as_object(), "short_name")};
    return {name + " · " + county + " · 山海集", std::string{text_in(product, "summary")}};
}

http::PageHead head_of_bundle(const json::object& bundle) {
    return {std::string{text_in(bundle, "name")} + " · 山海集", std::string{text_in(bundle, "summary")}};
}

std::string name_of_category(const json::object& categories, std::string_view code) {
    for (const auto& one : categories.at("items").as_array()) {
        if (text_in(one.as_object(), "category") == code)
            return std::string{text_in(one.as_object(), "name")};
    }
    return {};
}

/// A page about one thing.
struct PageKind {
    std::string_view page;   ///< What its address begins with.
    std::string_view route;  ///< Where what it shows is asked for.
    http::PageHead (*head)(const json::object&);
    std::optional<http::FirstView> (FirstViews::*view)(const json::object&) const;
};
constexpr std::array page_kinds{
    PageKind{"p/", "/v1/products/{product_id}", head_of_product, &FirstViews::product},
    PageKind{"b/", "/v1/bundles/{bundle_id}", head_of_bundle, &FirstViews::bundle}};

/// The member of a view's answers: where it was asked for, and what was answered.
std::string answer_member(std::string_view address, std::string_view body) {
    return json::serialize(json::string{address}) + ':' + std::string{body};
}

/// What `make` makes; nothing, and a line in the log, when the catalogue answers something that it does not
/// know: the page works without.
template <class Make>
std::optional<http::FirstView> view_or_nothing(Make make) {
    try {
        return make();
    } catch (const std::exception& fault) {
        observe::log_warning("first-view-failed", fault.what());
        return std::nullopt;
    }
}

using Deadline = std::chrono::steady_clock::time_point;

/// A request in this process, and its answer once it is there. Whoever asked may have gone.
struct Question {
    Question(const asio::any_io_executor& executor, Deadline until) : end_of_patience{executor, until} {}

    asio::steady_timer end_of_patience;
    std::string path;
    std::string query;
    std::optional<http::Response> answer{};
};

class Asking {
public:
    Asking(const http::Router& router, std::optional<FirstViews> views, std::chrono::milliseconds patience)
        : router_{router}, views_{std::move(views)}, patience_{patience} {}

    asio::awaitable<http::PageFacts> facts(http::PageAddress page) const {
        // With filters the shelf is another, and after a scan it begins otherwise.
        if (page.path.empty() && page.query.empty() && views_) co_return co_await shelf();
        if (page.path.empty()) co_return co_await narrowed(ShelfAddress::of(page.query));
        const auto is_of = [&page](const PageKind& kind) { return page.path.starts_with(kind.page); };
        const auto* const kind = std::ranges::find_if(page_kinds, is_of);
        if (kind == page_kinds.end()) co_return http::PageFacts{};
        co_return co_await thing(*kind, page.path.substr(kind->page.size()));
    }

private:
    asio::awaitable<http::PageFacts> thing(PageKind kind, std::string id) const {
        auto path = std::string{kind.route.substr(0, kind.route.find('{'))} + id;
        const auto answer = co_await ask(kind.route, path, std::string(), deadline());
        http::PageFacts facts;
        facts.gone = answer && (answer->status == 404 || answer->status == 400);
        if (!answer || answer->status != 200) co_return facts;
        const auto document = json::parse(answer->content());
        facts.head = kind.head(document.as_object());
        if (!views_) co_return facts;
        facts.view = view_or_nothing([&] { return (*views_.*kind.view)(document.as_object()); });
        if (facts.view) facts.view->answers = '{' + answer_member(path, answer->content()) + '}';
        co_return facts;
    }

    /// What a shared list is called; the title of all pages where something in its address is nothing.
    asio::awaitable<http::PageFacts> narrowed(ShelfAddress address) const {
        http::PageFacts facts;
        if (address.everything()) co_return facts;
        const auto until = deadline();
        ShelfNames names;
        if (!address.area.empty()) {
            // An area that there is not is whatever somebody wants to read under our name.
            std::string path{counties_route};
            auto query = "limit=1&" + address.area_sent;
            const auto answer = co_await ask(counties_route, std::move(path), std::move(query), until);
            if (!answer || answer->status != 200) co_return facts;
            names.area = address.area;
        }
        if (!address.county.empty()) {
            auto path = "/v1/counties/" + address.county;
            const auto answer = co_await ask(county_route, std::move(path), std::string(), until);
            if (!answer || answer->status != 200) co_return facts;
            const auto document = json::parse(answer->content());
            const auto& county = document.as_object();
            names.county = text_in(county, "name");
            names.county_whole = std::string{text_in(county, "province")} +
                                 std::string{text_in(county, "prefecture")} + names.county;
        }
        if (!address.category.empty()) {
            std::string path{categories_route};
            const auto answer = co_await ask(categories_route, std::move(path), std::string(), until);
            if (!answer || answer->status != 200) co_return facts;
            const auto document = json::parse(answer->content());
            names.category = name_of_category(document.as_object(), address.category);
            if (names.category.empty()) co_return facts;
        }
        facts.head = head_of_shelf(names);
        co_return facts;
    }

    asio::awaitable<http::PageFacts> shelf() const {
        const auto until = deadline();  // For all of them.
        std::string path{shelf_route};
        std::string query{shelf_query};
        const auto products = co_await ask(shelf_route, std::move(path), std::move(query), until);
        if (!products || products->status != 200) co_return http::PageFacts{};
        path = categories_route;
        const auto categories = co_await ask(categories_route, std::move(path), std::string(), until);
        if (!categories || categories->status != 200) co_return http::PageFacts{};
        path = facets_route;
        const auto facets = co_await ask(facets_route, std::move(path), std::string(), until);
        if (!facets || facets->status != 200) co_return http::PageFacts{};
        http::PageFacts facts;
        facts.view = view_or_nothing([&] {
            return views_->shelf(json::parse(products->content()).as_object(),
                                 json::parse(categories->content()).as_object(),
                                 json::parse(facets->content()).as_object());
        });
        if (!facts.view) co_return facts;
        const auto address = std::string{shelf_route} + '?' + std::string{shelf_query};
        facts.view->answers = '{' + answer_member(address, products->content()) + ',' +
                              answer_member(categories_route, categories->content()) + ',' +
                              answer_member(facets_route, facets->content()) + '}';
        co_return facts;
    }

    Deadline deadline() const { return std::chrono::steady_clock::now() + patience_; }

    /// Nothing where another process answers that route, and when patience is at its end.
    asio::awaitable<std::optional<http::Response>> ask(std::string_view route, std::string path,
                                                       std::string query, Deadline until) const {
        http::Request request;
        request.path = path;
        request.query = query;
        if (router_.match(request).route != route) co_return std::nullopt;
        const auto executor = co_await asio::this_coro::executor;
        const auto question = std::make_shared<Question>(executor, until);
        question->path = std::move(path);
        question->query = std::move(query);
        asio::co_spawn(executor, answered(router_, question), asio::detached);
        if (!question->answer) co_await question->end_of_patience.async_wait(no_throw);
        co_return std::move(question->answer);
    }

    static asio::awaitable<void> answered(const http::Router& router, std::shared_ptr<Question> question) {
        http::Request request;
        request.path = question->path;
        request.query = question->query;
        question->answer = co_await router.answer(request);
        question->end_of_patience.cancel();
    }

    const http::Router& router_;
    std::optional<FirstViews> views_;
    std::chrono::milliseconds patience_;
};

}  // namespace

http::AskPage asking(const http::Router& router, std::optional<FirstViews> views,
                     std::chrono::milliseconds patience) {
    const auto one = std::make_shared<const Asking>(router, std::move(views), patience);
    return [one](http::PageAddress page) { return one->facts(std::move(page)); };
}

}  // namespace shanhai::shop_pages
