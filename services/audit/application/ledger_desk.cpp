#include "audit/application/ledger_desk.hpp"

#include "audit/store/count_store.hpp"
#include "audit/store/ledger_store.hpp"
#include "audit/store/tile_store.hpp"

#include <utility>

namespace shanhai::audit {
namespace {

using database::Session;

Error no_such_entry() { return Error{Failure::not_found, "entry-unknown", "The ledger has no such entry."}; }

Inclusion included(const Head& head, std::uint64_t index, std::uint64_t size, const TileReader& read) {
    Inclusion proof{index, size, {}, inclusion_proof(index, size, read), {}, {}};
    const auto place = static_cast<std::size_t>(index % tile_width_max);
    proof.leaf = read({0, index / tile_width_max}, place + 1)[place];
    const bool newest = size == head.size;
    proof.root = newest ? head.root : tree_root(size, read);
    if (newest) proof.note = head.note;
    return proof;
}

Result<ProvenOrder> proven(Session& session, const std::string& order_number) {
    const auto found = entries_of_order(session, order_number);
    if (!found) {
        return Error{Failure::not_found, "order-not-in-ledger",
                     "The ledger has no entries of this order; they follow some seconds after payment."};
    }
    const auto head = read_head(session);
    const auto read = tile_reader(session, tiles_of_proof(found->first_index, head.size));
    ProvenOrder order{{}, head.note};
    auto index = found->first_index;
    for (auto& text : entries(session, index, found->count)) {
        order.entries.push_back({std::move(text), included(head, index, head.size, read)});
        ++index;
    }
    return order;
}

}  // namespace

Error no_such_tile() { return Error{Failure::not_found, "tile-unknown", "The ledger has no such tile."}; }

Result<Inclusion> prove(Session& session, std::uint64_t index, std::optional<std::uint64_t> wanted_size) {
    const auto head = read_head(session);
    const auto size = wanted_size.value_or(head.size);
    if (size > head.size || index >= size) return no_such_entry();
    return included(head, index, size, tile_reader(session, tiles_of_proof(index, size)));
}

LedgerDesk::Answer<Head> LedgerDesk::head() {
    auto work = [](Session& session) -> Result<Head> { return read_head(session); };
    co_return co_await pool_.transact(std::move(work));
}

LedgerDesk::Answer<std::string> LedgerDesk::tile(TileId id, std::uint64_t width) {
    auto work = [id, width](Session& session) -> Result<std::string> {
        auto bytes = tile_bytes(session, id, width);
        if (!bytes) return no_such_tile();
        return std::move(*bytes);
    };
    co_return co_await pool_.transact(std::move(work));
}

LedgerDesk::Answer<std::vector<std::string>> LedgerDesk::bundle(std::uint64_t index, std::uint64_t width) {
    auto work = [index, width](Session& session) -> Result<std::vector<std::string>> {
        auto found = entries(session, index * tile_width_max, width);
        if (found.size() < width) return no_such_tile();
        return found;
    };
    co_return co_await pool_.transact(std::move(work));
}

LedgerDesk::Answer<std::string> LedgerDesk::entry(std::uint64_t index) {
    auto work = [index](Session& session) -> Result<std::string> {
        auto found = entries(session, index, 1);
        if (found.empty()) return no_such_entry();
        return std::move(found.front());
    };
    co_return co_await pool_.transact(std::move(work));
}

LedgerDesk::Answer<std::string> LedgerDesk::order_of(std::uint64_t index) {
    auto work = [index](Session& session) -> Result<std::string> {
        if (index >= read_head(session).size) return no_such_entry();
        auto found = order_of_entry(session, index);
        if (found) return std::move(*found);
        return Error{Failure::not_found, "order-erased", "Nothing ties this entry to an order any more."};
    };
    co_return co_await pool_.transact(std::move(work));
}

LedgerDesk::Answer<Inclusion> LedgerDesk::inclusion(std::uint64_t index,
                                                    std::optional<std::uint64_t> wanted_size) {
    auto work = [index, wanted_size](Session& session) { return prove(session, index, wanted_size); };
    co_return co_await pool_.transact(std::move(work));
}

LedgerDesk::Answer<ProvenOrder> LedgerDesk::order(std::string order_number) {
    auto work = [order_number = std::move(order_number)](Session& session) -> Result<ProvenOrder> {
        return proven(session, order_number);
    };
    co_return co_await pool_.transact(std::move(work));
}

LedgerDesk::Answer<std::vector<Hash>> LedgerDesk::consistency(std::uint64_t from, std::uint64_t to) {
    auto work = [from, to](Session& session) -> Result<std::vector<Hash>> {
        if (to > read_head(session).size) return no_such_entry();
        return consistency_proof(from, to, tile_reader(session));
    };
    co_return co_await pool_.transact(std::move(work));
}

}  // namespace shanhai::audit
