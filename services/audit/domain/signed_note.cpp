#include "audit/domain/signed_note.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace shanhai::audit {
namespace {

constexpr char ed25519 = 1;
constexpr std::string_view signature_prefix = "\u2014 ";

/// The first four bytes of SHA-256(name ‖ newline ‖ algorithm ‖ public key).
std::string key_id(std::string_view name, std::string_view public_key) {
    std::string bytes{name};
    bytes += '\n';
    bytes += ed25519;
    bytes += public_key;
    return security::sha256(bytes).substr(0, 4);
}

std::string text_of(const Checkpoint& checkpoint) {
    const std::string_view root{reinterpret_cast<const char*>(checkpoint.root.data()),
                                checkpoint.root.size()};
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + security::base64(root) + "\n";
}

struct Verifier {
    std::string name;
    std::string id;
    std::string public_key;
};

std::optional<Verifier> read_verifier(std::string_view text) {
    const auto first = text.find('+');
    const auto second = text.find('+', first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto id = security::from_hex(text.substr(first + 1, second - first - 1));
    const auto key = security::from_base64(text.substr(second + 1));
    if (!id || !key || key->size() != 33 || key->front() != ed25519) return std::nullopt;
    Verifier verifier{std::string{text.substr(0, first)}, *id, key->substr(1)};
    if (key_id(verifier.name, verifier.public_key) != verifier.id) return std::nullopt;
    return verifier;
}

/// Takes the part up to the next line break off `text`; nothing when there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::optional<Checkpoint> read_checkpoint(std::string_view text) {
    const auto origin = take_line(text);
    const auto size = take_line(text);
    const auto root = take_line(text);
    if (!origin || !size || !root || origin->empty() || !text.empty()) return std::nullopt;
    Checkpoint checkpoint{std::string{*origin}, 0, {}};
    const auto [end, error] = std::from_chars(size->data(), size->data() + size->size(), checkpoint.size);
    const bool one_form = error == std::errc{} && std::to_string(checkpoint.size) == *size;
    const auto hash = security::from_base64(*root);
    if (!one_form || !hash || hash->size() != checkpoint.root.size()) return std::nullopt;
    std::ranges::copy(*hash, checkpoint.root.begin());
    return checkpoint;
}

/// Whether one of the signature lines is the verifier's and right. A wrong one refuses the note.
bool signed_by(const Verifier& verifier, std::string_view text, std::string_view signatures) {
    bool found = false;
    while (!signatures.empty()) {
        auto line = take_line(signatures);
        if (!line || !line->starts_with(signature_prefix)) return false;
        line->remove_prefix(signature_prefix.size());
        const auto space = line->find(' ');
        if (space == std::string_view::npos) return false;
        const auto bytes = security::from_base64(line->substr(space + 1));
        if (!bytes || bytes->size() < 5) return false;
        if (line->substr(0, space) != verifier.name || bytes->substr(0, 4) != verifier.id) continue;
        if (!security::Ed25519Key::verify(verifier.public_key, text, bytes->substr(4))) return false;
        found = true;
    }
    return found;
}

}  // namespace

NoteSigner::NoteSigner(std::string origin, security::Ed25519Key key)
    : origin_{std::move(origin)}, key_{std::move(key)} {
    if (origin_.empty() || origin_.find_first_of(" +\n\t") != std::string::npos) {
        throw std::invalid_argument{"a ledger's origin has no space and no plus sign"};
    }
}

std::string NoteSigner::sign(const Checkpoint& checkpoint) const {
    const auto text = text_of(checkpoint);
    auto signature = key_id(origin_, key_.public_key()) + key_.sign(text);
    return text + "\n" + std::string{signature_prefix} + origin_ + " " + security::base64(signature) + "\n";
}

std::string NoteSigner::verifier_key() const {
    const auto public_key = key_.public_key();
    return origin_ + "+" + security::hex(key_id(origin_, public_key)) + "+" +
           security::base64(std::string{ed25519} + public_key);
}

std::optional<Checkpoint> open_checkpoint(std::string_view note, std::string_view verifier_key) {
    const auto verifier = read_verifier(verifier_key);
    const auto gap = note.find("\n\n");
    if (!verifier || gap == std::string_view::npos) return std::nullopt;
    const auto text = note.substr(0, gap + 1);
    if (!signed_by(*verifier, text, note.substr(gap + 2))) return std::nullopt;
    auto checkpoint = read_checkpoint(text);
    if (!checkpoint || checkpoint->origin != verifier->name) return std::nullopt;
    return checkpoint;
}

}  // namespace shanhai::audit
