#include "audit/http/log_routes.hpp"

#include "audit/store/ledger_store.hpp"
#include "chassis/http/json.hpp"
#include "chassis/security/crypto.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/string.hpp>
#include <charconv>

namespace shanhai::audit {
namespace {

namespace json = boost::json;

constexpr std::string_view immutable = "public, max-age=31536000, immutable";
constexpr std::uint64_t level_max = 7;  // 256^8 entries are more than 64 bits count.

std::optional<std::uint64_t> natural(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string encoded(const Hash& hash) {
    return security::base64({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

Error no_such_entry() { return Error{Failure::not_found, "entry-unknown", "The ledger has no such entry."}; }
Error no_such_tile() { return Error{Failure::not_found, "tile-unknown", "The ledger has no such tile."}; }

/// A tile's place in a path: "x001/x234/067" and, for a partial one, ".p/17" behind it.
struct TilePath {
    std::uint64_t index = 0;
    std::uint64_t width = tile_width_max;
};

std::optional<TilePath> read_tile_path(std::string_view text) {
    TilePath path;
    if (const auto partial = text.find(".p/"); partial != std::string_view::npos) {
        const auto width = natural(text.substr(partial + 3));
        if (!width || *width == 0 || *width >= tile_width_max) return std::nullopt;
        path.width = *width;
        text = text.substr(0, partial);
    }
    const auto whole = text;
    while (text.size() > 3 && text.front() == 'x' && text[4] == '/') {
        const auto group = natural(text.substr(1, 3));
        if (!group || path.index > 1'000'000'000'000) return std::nullopt;
        path.index = path.index * 1000 + *group;
        text.remove_prefix(5);
    }
    const auto last = natural(text);
    if (text.size() != 3 || !last) return std::nullopt;
    path.index = path.index * 1000 + *last;
    if (tile_path_index(path.index) != whole) return std::nullopt;
    return path;
}

http::Response bytes_response(std::string bytes, std::string content_type, std::string_view cache) {
    http::Response response;
    response.body = std::move(bytes);
    response.content_type = std::move(content_type);
    response.headers.emplace_back("Cache-Control", cache);
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");  // Anybody may check the log.
    return response;
}

json::object entry_to_json(std::uint64_t index, const std::string& entry) {
    json::object body;
    body["index"] = index;
    body["entry"] = entry;
    body["leaf_hash"] = encoded(leaf_hash(entry));
    const auto parsed = json::parse(entry).as_object();
    body["order_number"] = parsed.at("order");
    body["fields"] = parsed;
    return body;
}

/// The proof of an entry in the newest tree, or in the older one that was asked for; its checkpoint comes
/// with the newest only.
Result<json::object> proof_to_json(database::Session& session, std::uint64_t index,
                                   std::optional<std::uint64_t> wanted_size) {
    const auto head = read_head(session);
    const auto size = wanted_size.value_or(head.size);
    if (size > head.size || index >= size) return no_such_entry();
    const auto entry = entries(session, index, 1);
    if (entry.empty()) return no_such_entry();
    const auto read = tile_reader(session);
    json::array hashes;
    for (const auto& hash : inclusion_proof(index, size, read)) hashes.push_back(json::string{encoded(hash)});
    json::object body;
    body["index"] = index;
    body["tree_size"] = size;
    body["leaf_hash"] = encoded(leaf_hash(entry.front()));
    body["hashes"] = std::move(hashes);
    body["root_hash"] = encoded(tree_root(size, read));
    body["checkpoint"] = nullptr;
    if (size == head.size) body["checkpoint"] = head.note;
    return body;
}

http::Response json_answer(const Result<json::object>& body) {
    return body ? http::json_response(200, *body) : http::respond_with(body.error());
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
    router.on(get, "/log/consistency", [this](const http::Request& request) { return consistency(request); });
    router.on(get, "/v1/audit/entries/{index}",
              [this](const http::Request& request) { return entry(request); });
    router.on(get, "/v1/audit/entries/{index}/proof",
              [this](const http::Request& request) { return proof(request); });
}

LogRoutes::Answer LogRoutes::checkpoint() {
    auto work = [](database::Session& session) -> Result<Head> { return read_head(session); };
    const auto head = co_await pool_.transact(std::move(work));
    if (!head) co_return http::respond_with(head.error());
    co_return bytes_response(head->note, "text/plain; charset=utf-8", "no-cache");
}

LogRoutes::Answer LogRoutes::tile(const http::Request& request) {
    const auto level = natural(request.parameter("level"));
    const auto path = read_tile_path(request.parameter("index"));
    if (!level || *level > level_max || !path) co_return http::respond_with(no_such_tile());
    const TileId id{static_cast<unsigned>(*level), path->index};
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
    const auto path = read_tile_path(request.parameter("index"));
    if (!path) co_return http::respond_with(no_such_tile());
    auto work = [path = *path](database::Session& session) -> Result<std::string> {
        const auto found = entries(session, path.index * tile_width_max, path.width);
        if (found.size() < path.width) return no_such_tile();
        std::string bytes;
        for (const auto& entry : found) {
            bytes += static_cast<char>(entry.size() >> 8);
            bytes += static_cast<char>(entry.size() & 0xff);
            bytes += entry;
        }
        return bytes;
    };
    auto bytes = co_await pool_.transact(std::move(work));
    if (!bytes) co_return http::respond_with(bytes.error());
    co_return bytes_response(std::move(*bytes), "application/octet-stream", immutable);
}

LogRoutes::Answer LogRoutes::entry(const http::Request& request) {
    const auto principal = verifier_.require(request, {"auditor"});
    if (!principal) co_return http::respond_with(principal.error());
    const auto index = natural(request.parameter("index"));
    if (!index) co_return http::respond_with(no_such_entry());
    auto work = [index = *index](database::Session& session) -> Result<json::object> {
        const auto found = entries(session, index, 1);
        if (found.empty()) return no_such_entry();
        return entry_to_json(index, found.front());
    };
    const auto body = co_await pool_.transact(std::move(work));
    co_return json_answer(body);
}

LogRoutes::Answer LogRoutes::proof(const http::Request& request) {
    const auto principal = verifier_.require(request, {"auditor"});
    if (!principal) co_return http::respond_with(principal.error());
    const auto index = natural(request.parameter("index"));
    const auto size_text = request.query_value("tree_size");
    const auto size = size_text ? natural(*size_text) : std::nullopt;
    if (!index || (size_text && !size)) co_return http::respond_with(no_such_entry());
    auto work = [index = *index, size](database::Session& session) -> Result<json::object> {
        return proof_to_json(session, index, size);
    };
    const auto body = co_await pool_.transact(std::move(work));
    co_return json_answer(body);
}

LogRoutes::Answer LogRoutes::consistency(const http::Request& request) {
    const auto from = natural(request.query_value("from").value_or(""));
    const auto to = natural(request.query_value("to").value_or(""));
    if (!from || !to || *from == 0 || *from > *to) {
        co_return http::respond_with(
            Error{Failure::invalid, "invalid-parameter", "from and to are tree sizes, 0 < from <= to."});
    }
    auto work = [from = *from, to = *to](database::Session& session) -> Result<json::object> {
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
