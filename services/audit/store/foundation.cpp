#include "audit/store/foundation.hpp"

#include "audit/store/tile_store.hpp"

#include <map>

namespace shanhai::audit {
namespace {

using Flaw = std::optional<std::string>;

Flaw flaw_in_note(const Head& head, const NoteSigner& signer) {
    const auto note = open_checkpoint(head.note, signer.verifier_key());
    if (!note) return "the newest checkpoint was not signed with our key for " + signer.origin();
    if (note->size != head.size) {
        return "the head says " + std::to_string(head.size) + " entries, the signed checkpoint " +
               std::to_string(note->size);
    }
    if (note->root != head.root) return "the head's root is not the one that was signed";
    return std::nullopt;
}

std::string named(TileId id) {
    return "tile " + std::to_string(id.index) + " of level " + std::to_string(id.level);
}

/// The last tile of every level, and how many hashes it has in a tree of that size.
std::map<TileId, std::uint64_t> right_edge(std::uint64_t size) {
    std::map<TileId, std::uint64_t> edge;
    for (unsigned level = 0; size > 0; ++level, size /= tile_width_max) {
        edge[{level, (size - 1) / tile_width_max}] = (size - 1) % tile_width_max + 1;
    }
    return edge;
}

/// The tiles that end each level as the database has them, with their widths.
std::map<TileId, std::uint64_t> stored_edge(database::Session& session) {
    auto rows = session.query(
        "SELECT t.level, t.tile_index, LENGTH(t.hashes) FROM tile t JOIN (SELECT level, MAX(tile_index) AS "
        "last FROM tile GROUP BY level) e ON e.level = t.level AND e.last = t.tile_index");
    std::map<TileId, std::uint64_t> edge;
    while (rows.next()) {
        const auto bytes = rows.natural(2);
        edge[{static_cast<unsigned>(rows.natural(0)), rows.natural(1)}] =
            bytes % sizeof(Hash) == 0 ? bytes / sizeof(Hash) : 0;
    }
    return edge;
}

Flaw flaw_in_edge(database::Session& session, std::uint64_t size) {
    const auto wanted = right_edge(size);
    const auto stored = stored_edge(session);
    for (const auto& [id, width] : wanted) {
        const auto found = stored.find(id);
        if (found == stored.end()) return named(id) + " is not the last of its level";
        if (found->second != width) return named(id) + " has not " + std::to_string(width) + " hashes";
    }
    for (const auto& [id, width] : stored) {
        if (!wanted.contains(id)) return named(id) + " lies beyond the tree";
    }
    return std::nullopt;
}

Flaw flaw_in_last_entries(database::Session& session, std::uint64_t size, const TileReader& read) {
    if (size > 0) {
        const TileId last{0, (size - 1) / tile_width_max};
        const auto width = (size - 1) % tile_width_max + 1;
        const auto hashes = read(last, width);
        const auto first = last.index * tile_width_max;
        const auto bodies = entries(session, first, width);
        if (bodies.size() != width) return "entries from " + std::to_string(first) + " on are missing";
        for (std::size_t i = 0; i < width; ++i) {
            if (leaf_hash(bodies[i]) != hashes[i])
                return "entry " + std::to_string(first + i) + " has not the hash of its leaf";
        }
    }
    auto rows = session.query("SELECT MAX(entry_index) FROM ledger_entry");
    const auto end = rows.next() && !rows.null(0) ? rows.natural(0) + 1 : 0;
    if (end != size) return "the last entry is not number " + std::to_string(size) + ", as was signed";
    return std::nullopt;
}

std::vector<TileId> ids_of(const std::map<TileId, std::uint64_t>& edge) {
    std::vector<TileId> ids;
    for (const auto& [id, width] : edge) ids.push_back(id);
    return ids;
}

}  // namespace

std::optional<std::string> flaw_in_foundation(database::Session& session, const Head& head,
                                              const NoteSigner& signer) {
    if (auto flaw = flaw_in_note(head, signer)) return flaw;
    if (auto flaw = flaw_in_edge(session, head.size)) return flaw;
    const auto read = tile_reader(session, ids_of(right_edge(head.size)));
    if (tree_root(head.size, read) != head.root) return "the tiles do not lead to the root that was signed";
    return flaw_in_last_entries(session, head.size, read);
}

}  // namespace shanhai::audit
