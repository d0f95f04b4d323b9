#include "audit/http/log_routes.hpp"

#include "audit/domain/tile_path.hpp"
#include "audit/http/entry_json.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "vocabulary/ids.hpp"

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>
#include <limits>

namespace shanhai::audit {
namespace {

namespace json = boost::json;

constexpr std::string_view immutable = "public, max-age=31536000, immutable";

constexpr std::int64_t level_max = 7;  // 256^8 entries are more than 64 bits count.

constexpr std::int64_t index_max = std::numeric_limits<std::int64_t>::max();

http::Response bytes_response(std::string bytes, std::string content_type, std::string_view cache) {
    http::Response response;
    response.body = std::move(bytes);
    response.content_type = std::move(content_type);
    response.headers.emplace_back("Cache-Control", cache);
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");  // Anybody may check the log.
    return response;
}

/// What holds entries is nobody's to keep on the way.
http::Response private_answer(http::Response response) {
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

/// C2SP tlog-tiles: each entry after its length in two bytes.
std::string bundled(const std::vector<std::string>& entries) {
    std::string bytes;
    for (const auto& entry : entries) {
        bytes += static_cast<char>(entry.size() >> 8);
        bytes += static_cast<char>(entry.size() & 0xff);
        bytes += entry;
    }
    return bytes;
}

}  // namespace

void LogRoutes::mount(http::Router& router) {
    const auto get = http::Method::get;
    router.on(get, "/log/checkpoint", [this](const http::Request&) { return checkpoint(); });
    router.on_quick(get, "/log/key", [this](const http::Request&) {
        return bytes_response(signer_.verifier_key() + "\n", "text/plain; charset=utf-8",
                              "public, max-age=300");
    });
    router.on(get, "/log/tile/entries/{index...}",
              [this](const http::Request& request) { return bundle(request); });
    router.on(get, "/log/tile/{level}/{index...}",
              [this](const http::Request& request) { return tile(request); });
    router.on(get, "/v1/audit/orders/{order_number}/entries",
              [this](const http::Request& request) { return order_entries(request); });
    router.on(get, "/log/consistency{?from,to}",
              [this](const http::Request& request) { return consistency(request); });
    router.on(get, "/v1/audit/entries/{entry_index}",
              [this](const http::Request& request) { return entry(request); });
    router.on(get, "/v1/audit/entries/{entry_index}/order",
              [this](const http::Request& request) { return entry_order(request); });
    router.on(get, "/v1/audit/entries/{entry_index}/proof{?tree_size}",
              [this](const http::Request& request) { return proof(request); });
}

LogRoutes::Answer LogRoutes::checkpoint() {
    const auto head = co_await desk_.head();
    if (!head) co_return http::respond_with(head.error());
    co_return bytes_response(head->note, "text/plain; charset=utf-8", "no-cache");
}

LogRoutes::Answer LogRoutes::tile(const http::Request& request) {
    http::Parameters parameters{request};
    const auto level = parameters.integer("level", 0, level_max);
    const auto path = parameters.parsed<TilePath>("index");
    if (parameters.complaints()) co_return http::respond_with(no_such_tile());
    const TileId id{static_cast<unsigned>(level), path->index};
    auto bytes = co_await desk_.tile(id, path->width);
    if (!bytes) co_return http::respond_with(bytes.error());
    co_return bytes_response(std::move(*bytes), "application/octet-stream", immutable);
}

LogRoutes::Answer LogRoutes::bundle(const http::Request& request) {
    const auto allowed = access_.may_read_entries(request);
    if (!allowed) co_return http::respond_with(allowed.error());
    const auto path = http::parsed_in_path<TilePath>(request, "index");
    if (!path) co_return http::respond_with(no_such_tile());
    const auto entries = co_await desk_.bundle(path->index, path->width);
    if (!entries) co_return http::respond_with(entries.error());
    const auto cache = access_.public_entries() ? immutable : std::string_view{"private, no-store"};
    co_return bytes_response(bundled(*entries), "application/octet-stream", cache);
}

LogRoutes::Answer LogRoutes::order_entries(const http::Request& request) {
    const auto named = http::parsed_in_path<OrderNumber>(request, "order_number");
    if (!named) co_return http::respond_with(named.error());
    std::string order_number{named->text()};
    const auto allowed = access_.may_read_order(request, order_number);
    if (!allowed) co_return http::respond_with(allowed.error());
    const auto order = co_await desk_.order(order_number);
    if (!order) co_return private_answer(http::respond_with(order.error()));
    co_return private_answer(http::json_response(order_to_json(order_number, *order)));
}

LogRoutes::Answer LogRoutes::entry(const http::Request& request) {
    const auto allowed = access_.may_read_entries(request);
    if (!allowed) co_return http::respond_with(allowed.error());
    http::Parameters parameters{request};
    const auto index = static_cast<std::uint64_t>(parameters.integer("entry_index", 0, index_max));
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto entry = co_await desk_.entry(index);
    if (!entry) co_return private_answer(http::respond_with(entry.error()));
    co_return private_answer(http::json_response(entry_to_json(index, *entry)));
}

LogRoutes::Answer LogRoutes::entry_order(const http::Request& request) {
    http::Parameters parameters{request};
    const auto index = static_cast<std::uint64_t>(parameters.integer("entry_index", 0, index_max));
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto order_number = co_await desk_.order_of(index);
    if (!order_number) co_return private_answer(http::respond_with(order_number.error()));
    json::object body;
    body["index"] = index;
    body["order_number"] = *order_number;
    co_return private_answer(http::json_response(body));
}

LogRoutes::Answer LogRoutes::proof(const http::Request& request) {
    http::Parameters parameters{request};
    const auto index = static_cast<std::uint64_t>(parameters.integer("entry_index", 0, index_max));
    const std::optional<std::uint64_t> size = parameters.optional_integer("tree_size", 1, index_max);
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto proof = co_await desk_.inclusion(index, size);
    if (!proof) co_return http::respond_with(proof.error());
    co_return http::json_response(proof_to_json(*proof));
}

LogRoutes::Answer LogRoutes::consistency(const http::Request& request) {
    http::Parameters parameters{request};
    const auto from = static_cast<std::uint64_t>(parameters.integer("from", 1, index_max));
    const auto to = static_cast<std::uint64_t>(parameters.integer("to", 1, index_max));
    if (from > to) parameters.complain("to", "is not smaller than from");
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto hashes = co_await desk_.consistency(from, to);
    if (!hashes) co_return http::respond_with(hashes.error());
    json::object body;
    body["from"] = from;
    body["to"] = to;
    auto& list = body["hashes"].emplace_array();
    for (const auto& hash : *hashes) list.push_back(json::string{encoded(hash)});
    co_return http::json_response(body);
}

}  // namespace shanhai::audit
