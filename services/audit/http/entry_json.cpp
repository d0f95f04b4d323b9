#include "audit/http/entry_json.hpp"

#include "chassis/security/crypto.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/string.hpp>

namespace shanhai::audit {

namespace json = boost::json;

std::string encoded(const Hash& hash) {
    return security::base64({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

json::object ledger_to_json(std::uint64_t size, const Hash& root) {
    json::object ledger;
    ledger["tree_size"] = size;
    ledger["root_hash"] = encoded(root);
    return ledger;
}

json::object entry_to_json(std::uint64_t index, const std::string& entry) {
    json::object body;
    body["index"] = index;
    body["entry"] = entry;
    body["leaf_hash"] = encoded(leaf_hash(entry));
    body["fields"] = json::parse(entry).as_object();
    return body;
}

json::object proof_to_json(const Inclusion& proof) {
    json::array hashes;
    for (const auto& hash : proof.hashes) hashes.push_back(json::string{encoded(hash)});
    json::object body;
    body["index"] = proof.index;
    body["tree_size"] = proof.size;
    body["leaf_hash"] = encoded(proof.leaf);
    body["hashes"] = std::move(hashes);
    body["root_hash"] = encoded(proof.root);
    body["checkpoint"] = nullptr;
    if (!proof.note.empty()) body["checkpoint"] = proof.note;
    return body;
}

json::object order_to_json(const std::string& order_number, const ProvenOrder& order) {
    json::array items;
    for (const auto& [text, inclusion] : order.entries) {
        auto item = entry_to_json(inclusion.index, text);
        item["proof"] = proof_to_json(inclusion);
        items.push_back(std::move(item));
    }
    json::object body;
    body["order_number"] = order_number;
    body["items"] = std::move(items);
    body["checkpoint"] = order.note;
    return body;
}

}  // namespace shanhai::audit
