#include "orders/domain/vault.hpp"

#include "chassis/security/crypto.hpp"
#include "chassis/security/envelope.hpp"

#include <array>

namespace shanhai::orders {
namespace {

constexpr char separator = '\n';  // No control character gets into a receiver's fields.
constexpr std::string_view form = "1";

std::string written(const Receiver& receiver) {
    std::string text{form};
    for (const std::string_view part : {std::string_view{receiver.name}, std::string_view{receiver.phone},
                                        std::string_view{receiver.address}}) {
        text += separator;
        text += part;
    }
    if (receiver.region_code) text += separator + *receiver.region_code;
    return text;
}

std::optional<Receiver> read(std::string_view text) {
    std::array<std::string, 5> parts;
    std::size_t count = 0;
    while (count < parts.size()) {
        const auto end = text.find(separator);
        parts[count++] = std::string{text.substr(0, end)};
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    if (count < 4 || parts[0] != form) return std::nullopt;
    Receiver receiver{parts[1], parts[2], std::nullopt, parts[3]};
    if (count == 5) receiver.region_code = parts[4];
    return receiver;
}

std::string bound_to(OrderId order) { return "order:" + std::to_string(number(order)); }

}  // namespace

SealedReceiver Vault::seal(OrderId order, const Receiver& receiver) const {
    auto envelope = security::seal_in_envelope(master_key_, written(receiver), bound_to(order));
    SealedReceiver result;
    result.wrapped_key = std::move(envelope.wrapped_key);
    result.sealed = std::move(envelope.sealed);
    result.phone_hash = phone_hash(receiver.phone);
    const std::string line{phone_line(receiver.phone)};
    result.buyer = security::hmac_sha256(phone_key_, "buyer" + line);
    return result;
}

/// An extension makes nobody somebody else.
std::string Vault::phone_hash(std::string_view phone) const {
    return security::hmac_sha256(phone_key_, phone_line(phone));
}

HoldPrincipals Vault::principals(const Receiver& receiver, std::string_view network) const {
    const auto hash = [this](std::string_view kind, std::string_view text) {
        const auto mac = security::hmac_sha256(phone_key_, std::string{kind} + '\n' + std::string{text});
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < sizeof value; ++i) {
            value = value << 8U | static_cast<unsigned char>(mac[i]);
        }
        return value;
    };
    return {hash("hold telephone", phone_line(receiver.phone)),
            hash("hold address", address_form(receiver.address)), hash("hold network", network)};
}

std::optional<Receiver> Vault::open(OrderId order, const std::string& wrapped_key,
                                    const std::string& sealed) const {
    const auto text = security::open_envelope(master_key_, {wrapped_key, sealed}, bound_to(order));
    return text ? read(*text) : std::nullopt;
}

}  // namespace shanhai::orders
