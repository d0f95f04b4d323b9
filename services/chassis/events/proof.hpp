#pragma once

#include "chassis/events/codec.hpp"
#include "chassis/security/key_ring.hpp"

#include <string>
#include <string_view>

namespace shanhai::events {

// What makes a fact believable: MACs (HMAC-SHA-256) with the producer's own secret "facts_<producer>", so
// that neither who may write to Redis or answer for a feed, nor who may write to the outbox, can say anything
// in a producer's name.

/// Who counts: the producer, and which life of its outbox its numbers belong to.
struct Origin {
    std::string producer;
    std::string epoch;
};

/// The MAC of a numbered frame: over producer, epoch, number and bytes.
std::string prove(const security::KeyRing& keys, const Origin& origin, const RawFrame& frame);
/// Whether the frame carries such a MAC.
bool proved(const security::KeyRing& keys, const Origin& origin, const RawFrame& frame);

/// The MAC of a frame in the outbox, where it has no number yet: over its bytes.
std::string seal(const security::KeyRing& keys, std::string_view bytes);
bool sealed(const security::KeyRing& keys, std::string_view bytes, std::string_view seal);

/// A fact that a service keeps to itself because it could not be applied: a MAC with the service's own
/// secret, so that nobody who may write to its tables can have it apply what no producer said.
struct KeptFact {
    std::string_view producer;
    std::uint64_t seq = 0;
    std::string_view type;
    std::string_view payload;
};
std::string seal(const security::KeyRing& keys, const KeptFact& fact);
bool sealed(const security::KeyRing& keys, const KeptFact& fact, std::string_view seal);

/// What a page of a feed says beside its frames, in the words of its headers, and what it was asked.
struct PageClaims {
    std::string producer;
    std::string nonce;  ///< The reader's, so that an old page is no answer to a new question.
    std::string after;
    std::string head;
    std::string epoch;
    std::string lag;
    std::string last_hash;
    std::string wanted{};  ///< The kinds of facts that were asked for; empty: all.
    std::string until{};   ///< Which frame a page of these kinds goes up to, and the hash of that.
    std::string until_hash{};
};
/// The MAC of a page: over its claims and its body.
std::string prove(const security::KeyRing& keys, const PageClaims& claims, std::string_view body);
bool proved(const security::KeyRing& keys, const PageClaims& claims, std::string_view body,
            std::string_view mac);

}  // namespace shanhai::events
