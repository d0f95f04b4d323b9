#include "catalog/http/table_routes.hpp"

#include "catalog/http/product_sheet.hpp"
#include "catalog/http/staff.hpp"
#include "chassis/http/parameters.hpp"

namespace shanhai::catalog {
namespace {

using http::Request;
using http::Response;

Result<ProductTable> table_in(const Request& request) {
    const auto terms = sheets::terms_of(request);
    if (!terms) return terms.error();
    const auto sheet = sheets::Table::in(request, product_columns());
    if (!sheet) return sheet.error();
    ProductTable table;
    table.terms = *terms;
    table.report.lines = sheet->lines();
    table.lines = product_lines(*sheet, table.report.faults);
    return table;
}

Result<std::optional<MerchantId>> merchant_asked(const Request& request, const Registry& registry) {
    http::Parameters parameters{request};
    const auto id = parameters.optional_id<MerchantId>("merchant_id");
    if (auto error = parameters.complaints()) return *error;
    const auto* const merchant = id ? registry.merchant(*id) : nullptr;
    if (merchant == nullptr) return id;
    if (auto fault = merchant->fault_of_writing(author_of(request))) return *fault;
    return id;
}

}  // namespace

void TableRoutes::mount(http::Router& router) {
    router.on(http::Method::post, "/v1/products/imports{?check}",
              [this](const Request& request) { return take(request); });
    router.on(http::Method::get, "/v1/products/export.csv{?merchant_id}",
              [this](const Request& request) { return give(request); });
}

TableRoutes::Answer TableRoutes::take(const Request& request) {
    std::function<Result<ProductTable>()> read = [&request] { return table_in(request); };
    auto table = co_await clerk_.run(std::move(read));
    if (!table) co_return http::respond_with(table.error());
    const auto report = co_await store_.import_products(std::move(*table), author_of(request));
    if (!report) co_return http::respond_with(report.error());
    if (report->made > 0 && report->written) co_await show_all();
    co_return sheets::response_of(*report);
}

/// Thousands of products take their time to be drawn. What is not shown here the refresher shows soon.
boost::asio::awaitable<void> TableRoutes::show_all() {
    auto news = co_await store_.news(showcase_.view()->revision);
    if (!news) co_return;
    std::function<Result<Done>()> show = [this, &news] {
        showcase_.follow(std::move(*news));
        return Result<Done>{Done{}};
    };
    (void)co_await clerk_.run(std::move(show));
}

TableRoutes::Answer TableRoutes::give(const Request& request) {
    const auto view = showcase_.view();
    const auto merchant = merchant_asked(request, *view->facts);
    if (!merchant) co_return http::respond_with(merchant.error());
    std::function<Result<std::string>()> write = [&] {
        return product_table(*view, *merchant, author_of(request));
    };
    auto table = co_await clerk_.run(std::move(write));
    if (!table) co_return http::respond_with(table.error());
    co_return sheets::table_response(std::move(*table), "products.csv");
}

}  // namespace shanhai::catalog
