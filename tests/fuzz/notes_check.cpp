#include "fuzz/targets.hpp"

#include "audit/domain/signed_note.hpp"
#include "chassis/security/crypto.hpp"

namespace shanhai::fuzz {
namespace {

using audit::Checkpoint;
using audit::open_checkpoint;

constexpr auto origin = "shanhai.example/ledger";

struct Ledger {
    std::string pem = security::Ed25519Key::generate_pem();
    security::Ed25519Key key = std::move(*security::Ed25519Key::from_pem(pem));
    audit::NoteSigner signer{origin, std::move(*security::Ed25519Key::from_pem(pem))};
    std::string verifier = signer.verifier_key();
    Checkpoint checkpoint{origin, 1234, {1, 2, 3}};
    std::string note = signer.sign(checkpoint);
};

const Ledger& ledger() {
    static const Ledger made;
    return made;
}

bool same(const Checkpoint& left, const Checkpoint& right) {
    return left.origin == right.origin && left.size == right.size && left.root == right.root;
}

/// A good note with the bytes put into it, or over a part of it.
std::string fault_of_change(std::string_view bytes) {
    for (const bool over : {false, true}) {
        auto changed = ledger().note;
        const auto at = choice_of(bytes, changed.size() + 1);
        changed.replace(at, over ? bytes.size() : 0, bytes);
        const auto read = open_checkpoint(changed, ledger().verifier);
        if (read && !same(*read, ledger().checkpoint)) return "a note that says what was not signed";
    }
    return {};
}

/// The bytes as what we signed: it is a checkpoint only in the one form that we write.
std::string fault_of_text(std::string_view bytes) {
    const auto& verifier = ledger().verifier;
    const auto first = verifier.find('+') + 1;
    const auto id = security::from_hex(verifier.substr(first, verifier.find('+', first) - first)).value();
    const auto note = std::string{bytes} + "\n\u2014 " + origin + " " +
                      security::base64(id + ledger().key.sign(bytes)) + "\n";
    const auto read = open_checkpoint(note, verifier);
    return read && ledger().signer.sign(*read) != note ? "a checkpoint with two spellings" : "";
}

}  // namespace

/// The same bytes as a note, as a verifier's key, as a change of a good note, and as a text that we signed.
std::string fault_of_notes(std::string_view bytes) {
    if (open_checkpoint(bytes, ledger().verifier)) return "a note that nobody signed";
    if (bytes != ledger().verifier && open_checkpoint(ledger().note, bytes))
        return "a key that signed nothing";
    auto fault = fault_of_change(bytes);
    return fault.empty() ? fault_of_text(bytes) : fault;
}

}  // namespace shanhai::fuzz
