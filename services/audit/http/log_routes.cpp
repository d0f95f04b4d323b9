#include "audit/http/log_routes.hpp"

#include "audit/domain/tile_path.hpp"
#include "audit/http/entry_json.hpp"
#include "audit/store/ledger_store.hpp"
#include "audit/store/tile_store.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>
#include <limits>

namespace shanhai::audit {
namespace {

namespace json = boost::json;

constexpr std::string_view immutable = "public, max-age=31536000, immutable";

constexpr std::int64_t level_max = 7;  // 256^8 entries are more than 64 bits count.

constexpr std::int64_t index_max = std::numeric_limits<std::int64_t>::max();

Error no_such_tile() { return Error{Failure::not_found, "tile-unknown", "The ledger has no such tile."}; }

http::Response bytes_response(std::string bytes, std::string content_type, std::string_view cache) {
    http::Response response;
    response.body = std::move(bytes);
    response.content_type = std::move(content_type);
    response.headers.emplace_back("Cache-Control", cache);
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");  // Anybody may check the log.
    return response;
}

http::Response json_answer(const Result<json::object>& body) {
    return body ? http::json_response(*body) : http::respond_with(body.error());
}

/// What holds entries is nobody's to keep on the way.
http::Response private_answer(const Result<json::object>& body) {
    auto response = json_answer(body);
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
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
    router.on(get, "/v1/audit/entries/{entry_index}/proof{?tree_size}",
              [this](const http::Request& request) { return proof(request); });
}

LogRoutes::Answer LogRoutes::checkpoint() {
    auto work = [](database::Session& session) -> Result<Head> { return read_head(session); };
    const auto head = co_await pool_.transact(std::move(work));
    if (!head) co_return http::respond_with(head.error());
    co_return bytes_response(head->note, "text/plain; charset=utf-8", "no-cache");
}

LogRoutes::Answer LogRoutes::tile(const http::Request& request) {
    http::Parameters parameters{request};
    const auto level = parameters.integer("level", 0, level_max);
    const auto path = parameters.parsed<TilePath>("index");
    if (parameters.complaints()) co_return http::respond_with(no_such_tile());
    const TileId id{static_cast<unsigned>(level), path->index};
    auto work = [id, width = path->width](database::Session& session) -> Result<std::string> {
        auto bytes = tile_bytes(session, id, width);
        if (!bytes) return no_such_tile();
        return std::move(*bytes);
    };
    auto bytes = co_await pool_.transact(std::move(work));
    if (!bytes) co_return http::respond_with(bytes.error());
    co_return bytes_response(std::move(*bytes), "application/octet-stream", immutable);
}

LogRoutes::Answer LogRoutes::bundle(const http::Request& request) {
    const auto allowed = access_.may_read_entries(request);
    if (!allowed) co_return http::respond_with(allowed.error());
    const auto path = http::parsed_in_path<TilePath>(request, "index");
    if (!path) co_return http::respond_with(no_such_tile());
    auto work = [path = *path](database::Session& session) -> Result<std::string> {
        const auto found = entries(session, path.index * tile_width_max, path.width);
        if (found.size() < path.width) return no_such_tile();
        std::string bytes;
        for (const auto& entry : found) {  // C2SP tlog-tiles: each after its length in two bytes.
            bytes += static_cast<char>(entry.size() >> 8);
            bytes += static_cast<char>(entry.size() & 0xff);
            bytes += entry;
        }
        return bytes;
    };
    auto bytes = co_await pool_.transact(std::move(work));
    if (!bytes) co_return http::respond_with(bytes.error());
    const auto cache = access_.public_entries() ? immutable : std::string_view{"private, no-store"};
    co_return bytes_response(std::move(*bytes), "application/octet-stream", cache);
}

LogRoutes::Answer LogRoutes::order_entries(const http::Request& request) {
    const auto named = http::parsed_in_path<OrderNumber>(request, "order_number");
    if (!named) co_return http::respond_with(named.error());
    std::string order_number{named->text()};
    const auto allowed = access_.may_read_order(request, order_number);
    if (!allowed) co_return http::respond_with(allowed.error());
    auto work = [order_number](database::Session& session) -> Result<json::object> {
        return order_to_json(session, order_number);
    };
    const auto body = co_await pool_.transact(std::move(work));
    co_return private_answer(body);
}

LogRoutes::Answer LogRoutes::entry(const http::Request& request) {
    const auto allowed = access_.may_read_entries(request);
    if (!allowed) co_return http::respond_with(allowed.error());
    http::Parameters parameters{request};
    const auto index = static_cast<std::uint64_t>(parameters.integer("entry_index", 0, index_max));
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    auto work = [index](database::Session& session) -> Result<json::object> {
        const auto found = entries(session, index, 1);
        if (found.empty()) return no_such_entry();
        return entry_to_json(index, found.front());
    };
    const auto body = co_await pool_.transact(std::move(work));
    co_return private_answer(body);
}

LogRoutes::Answer LogRoutes::proof(const http::Request& request) {
    http::Parameters parameters{request};
    const auto index = static_cast<std::uint64_t>(parameters.integer("entry_index", 0, index_max));
    const std::optional<std::uint64_t> size = parameters.optional_integer("tree_size", 1, index_max);
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    auto work = [index, size](database::Session& session) -> Result<json::object> {
        return proof_to_json(session, index, size);
    };
    const auto body = co_await pool_.transact(std::move(work));
    co_return json_answer(body);
}

LogRoutes::Answer LogRoutes::consistency(const http::Request& request) {
    http::Parameters parameters{request};
    const auto from = static_cast<std::uint64_t>(parameters.integer("from", 1, index_max));
    const auto to = static_cast<std::uint64_t>(parameters.integer("to", 1, index_max));
    if (from > to) parameters.complain("to", "is not smaller than from");
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    auto work = [from, to](database::Session& session) -> Result<json::object> {
        if (to > read_head(session).size) return no_such_entry();
        json::array hashes;
        for (const auto& hash : consistency_proof(from, to, tile_reader(session))) {
            hashes.push_back(json::string{encoded(hash)});
        }
        json::object body;
        body["from"] = from;
        body["to"] = to;
        body["hashes"] = std::move(hashes);
        return body;
    };
    const auto body = co_await pool_.transact(std::move(work));
    co_return json_answer(body);
}

}  // namespace shanhai::audit
