#include "audit/http/entry_json.hpp"

#include "audit/store/count_store.hpp"
#include "audit/store/tile_store.hpp"
#include "chassis/security/crypto.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/string.hpp>

namespace shanhai::audit {
namespace {

namespace json = boost::json;

json::object proof_in(const Head& head, std::uint64_t index, std::uint64_t size, const TileReader& read) {
    json::array hashes;
    for (const auto& hash : inclusion_proof(index, size, read)) hashes.push_back(json::string{encoded(hash)});
    json::object body;
    body["index"] = index;
    body["tree_size"] = size;
    body["leaf_hash"] =
        encoded(read({0, index / tile_width_max},
                     index % tile_width_max + 1)[static_cast<std::size_t>(index % tile_width_max)]);
    body["hashes"] = std::move(hashes);
    body["root_hash"] = encoded(size == head.size ? head.root : tree_root(size, read));
    body["checkpoint"] = nullptr;
    if (size == head.size) body["checkpoint"] = head.note;
    return body;
}

}  // namespace

Error no_such_entry() { return Error{Failure::not_found, "entry-unknown", "The ledger has no such entry."}; }

std::string encoded(const Hash& hash) {
    return security::base64({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

json::object entry_to_json(std::uint64_t index, const std::string& entry) {
    json::object body;
    body["index"] = index;
    body["entry"] = entry;
    body["leaf_hash"] = encoded(leaf_hash(entry));
    body["fields"] = json::parse(entry).as_object();
    return body;
}

Result<json::object> proof_to_json(database::Session& session, std::uint64_t index,
                                   std::optional<std::uint64_t> wanted_size) {
    const auto head = read_head(session);
    const auto size = wanted_size.value_or(head.size);
    if (size > head.size || index >= size) return no_such_entry();
    return proof_in(head, index, size, tile_reader(session, tiles_of_proof(index, size)));
}

Result<json::object> order_to_json(database::Session& session, const std::string& order_number) {
    const auto found = entries_of_order(session, order_number);
    if (!found) {
        return Error{Failure::not_found, "order-not-in-ledger",
                     "The ledger has no entries of this order; they follow some seconds after payment."};
    }
    const auto head = read_head(session);
    const auto read = tile_reader(session, tiles_of_proof(found->first_index, head.size));
    json::array items;
    auto index = found->first_index;
    for (const auto& entry : entries(session, index, found->count)) {
        auto item = entry_to_json(index, entry);
        item["proof"] = proof_in(head, index, head.size, read);
        items.push_back(std::move(item));
        ++index;
    }
    json::object body;
    body["order_number"] = order_number;
    body["items"] = std::move(items);
    body["checkpoint"] = head.note;
    return body;
}

}  // namespace shanhai::audit
