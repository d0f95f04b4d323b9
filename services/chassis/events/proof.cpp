#include "chassis/events/proof.hpp"

#include "chassis/security/crypto.hpp"

#include <initializer_list>

namespace shanhai::events {
namespace {

/// Each part after its length, so that nothing can move from one part to the next.
std::string joined(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const auto part : parts) {
        text += std::to_string(part.size());
        text += ':';
        text += part;
    }
    return text;
}

// The first word tells the kinds of MACs apart: one is never good for another. Long bytes go in as their
// hash.

std::string frame_words(const Origin& origin, const RawFrame& frame) {
    return joined(
        {"frame-1", origin.producer, origin.epoch, std::to_string(frame.seq), security::sha256(frame.bytes)});
}

std::string outbox_words(std::string_view bytes) { return joined({"outbox-1", security::sha256(bytes)}); }

std::string kept_words(const KeptFact& fact) {
    return joined(
        {"kept-1", fact.producer, std::to_string(fact.seq), fact.type, security::sha256(fact.payload)});
}

std::string page_words(const PageClaims& claims, std::string_view body) {
    const auto words = joined({"page-1", claims.producer, claims.nonce, claims.after, claims.head,
                               claims.epoch, claims.lag, claims.last_hash, security::sha256(body)});
    if (claims.wanted.empty()) return words;
    return joined({"condensed-1", claims.wanted, claims.until, claims.until_hash}) + words;
}

}  // namespace

std::string prove(const security::KeyRing& keys, const Origin& origin, const RawFrame& frame) {
    return keys.mac(frame_words(origin, frame));
}

bool proved(const security::KeyRing& keys, const Origin& origin, const RawFrame& frame) {
    return keys.made(frame.mac, frame_words(origin, frame));
}

std::string seal(const security::KeyRing& keys, std::string_view bytes) {
    return keys.mac(outbox_words(bytes));
}

bool sealed(const security::KeyRing& keys, std::string_view bytes, std::string_view seal) {
    return keys.made(seal, outbox_words(bytes));
}

std::string seal(const security::KeyRing& keys, const KeptFact& fact) { return keys.mac(kept_words(fact)); }

bool sealed(const security::KeyRing& keys, const KeptFact& fact, std::string_view seal) {
    return keys.made(seal, kept_words(fact));
}

std::string prove(const security::KeyRing& keys, const PageClaims& claims, std::string_view body) {
    return keys.mac(page_words(claims, body));
}

bool proved(const security::KeyRing& keys, const PageClaims& claims, std::string_view body,
            std::string_view mac) {
    return keys.made(mac, page_words(claims, body));
}

}  // namespace shanhai::events
