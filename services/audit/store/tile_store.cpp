#include "audit/store/tile_store.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace shanhai::audit {
namespace {

using Tiles = std::map<TileId, std::vector<Hash>>;

std::string_view bytes_of(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

Tiles read_tiles(database::Session& session, const std::vector<TileId>& wanted) {
    Tiles tiles;
    std::string sql;
    for (const auto& id : wanted) {
        // One look at the primary key each: pairs in an IN are not always looked up so.
        sql += (sql.empty() ? "" : " UNION ALL ") +
               database::Session::bind(
                   "SELECT level, tile_index, hashes FROM tile WHERE level = ? AND tile_index = ?",
                   {id.level, id.index});
    }
    if (sql.empty()) return tiles;
    auto rows = session.ask(sql);
    while (rows.next()) {
        const auto bytes = rows.text(2);
        if (bytes.size() % sizeof(Hash) != 0) continue;  // Somebody cut it: as good as missing.
        tiles[{static_cast<unsigned>(rows.natural(0)), rows.natural(1)}] = hashes_of(bytes);
    }
    return tiles;
}

}  // namespace

database::Literal literal(const Hash& hash) { return database::Literal::bytes(bytes_of(hash)); }

Hash hash_of(std::string_view bytes) {
    Hash hash;
    if (bytes.size() != hash.size()) throw std::runtime_error{"a stored hash has a wrong length"};
    std::ranges::copy(bytes, hash.begin());
    return hash;
}

std::vector<Hash> hashes_of(std::string_view bytes) {
    std::vector<Hash> hashes;
    for (; !bytes.empty(); bytes.remove_prefix(sizeof(Hash))) {
        hashes.push_back(hash_of(bytes.substr(0, sizeof(Hash))));
    }
    return hashes;
}

TileReader tile_reader(database::Session& session, const std::vector<TileId>& wanted) {
    auto known = std::make_shared<Tiles>(read_tiles(session, wanted));
    return [&session, known](TileId id, std::uint64_t width) {
        if (!known->contains(id)) known->merge(read_tiles(session, {id}));
        const auto found = known->find(id);
        if (found == known->end() || found->second.size() < width)
            throw std::runtime_error{"tile " + std::to_string(id.index) + " of level " +
                                     std::to_string(id.level) + " is missing or too narrow"};
        return found->second;
    };
}

std::optional<std::string> tile_bytes(database::Session& session, TileId id, std::uint64_t width) {
    auto rows =
        session.query("SELECT hashes FROM tile WHERE level = ? AND tile_index = ?", id.level, id.index);
    if (!rows.next()) return std::nullopt;
    auto bytes = rows.text(0);
    if (bytes.size() < width * sizeof(Hash)) return std::nullopt;
    bytes.resize(width * sizeof(Hash));
    return bytes;
}

void write_tiles(database::Session& session, const Tiles& tiles) {
    database::Insert insert{"INSERT INTO tile (level, tile_index, hashes) VALUES",
                            "ON DUPLICATE KEY UPDATE hashes = VALUES(hashes)"};
    for (const auto& [id, hashes] : tiles) {
        std::string bytes;
        for (const auto& hash : hashes) bytes += bytes_of(hash);
        insert.row(id.level, id.index, database::Literal::bytes(bytes));
    }
    insert.run(session);
}

}  // namespace shanhai::audit
