#pragma once

#include "audit/domain/merkle.hpp"
#include "chassis/security/crypto.hpp"
#include "vocabulary/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shanhai::audit {

/// What a checkpoint says: the log's name, how many entries it has and its root (C2SP tlog-checkpoint).
struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Hash root{};
};

/// Signs checkpoints as notes (C2SP signed-note) with Ed25519; the key's name is the log's origin.
class NoteSigner {
public:
    /// `origin` has no space and no plus sign; else std::invalid_argument.
    NoteSigner(std::string origin, security::Ed25519Key key);

    std::string sign(const Checkpoint& checkpoint) const;
    /// The verifier key "origin+hash+base64", for whoever checks the log's signatures.
    std::string verifier_key() const;
    const std::string& origin() const { return origin_; }

private:
    std::string origin_;
    security::Ed25519Key key_;
};

/// Reads a note and checks the signature of `verifier_key`'s key. Nothing unless the text is a checkpoint in
/// its one form and that key's signature is there and right; signatures of unknown keys are ignored.
std::optional<Checkpoint> open_checkpoint(std::string_view note, std::string_view verifier_key);

}  // namespace shanhai::audit
