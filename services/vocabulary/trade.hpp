#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace shanhai {

// The closed lists of the trade. Each has its wire name, which is also what the database stores.

/// Where a sale came from (DOMAIN: channels of sale and promotion).
enum class ChannelKind {
    metro_qr,
    package,
    exhibition_center,
    event,
    livestream,
    radio,
    store,
    wholesale,
    inst_gov,
    supermarket,
    inst_canteen,
    inst_campus,
    community,
    enterprise,
    online,
};

/// Bought by Shanghai, or sold with Shanghai's help: two measures that are never confused.
enum class PurchaseMode { direct_purchase, assisted_sale };

/// 消费者权益保护法, article 25: goods that may be returned within seven days without a reason, and those
/// that may not.
enum class ReturnPolicy { seven_day, fresh_exempt, custom_exempt, confirmed_exempt };

/// Under which programme a district is paired with a county.
enum class Programme { east_west_collaboration, poverty_cooperation, counterpart_support };

/// How sure we are of a pairing; only `stated` earns a district its credit.
enum class Certainty { stated, implied, caption, inferred };

enum class CertificationState { certified, suspended, revoked, withdrawn };

/// How a certification stands at a moment: its state, or that its days are over, which nobody decides.
enum class CertificationStanding { certified, suspended, revoked, withdrawn, expired };

enum class MerchantKind {
    cooperative,
    company,
    family_farm,
    assistance_workshop,
    village_collective,
    association,
    distributor
};

/// Which part of the staff an account belongs to.
enum class Role { merchant, certifier, operator_, auditor, admin };

template <class E>
struct WireNames;  // `static constexpr std::array<std::string_view, n> names`, in the enum's order.

template <>
struct WireNames<ChannelKind> {
    static constexpr std::array<std::string_view, 15> names{
        "METRO_QR",     "PACKAGE",     "EXHIBITION_CENTER", "EVENT",      "LIVESTREAM",
        "RADIO",        "STORE",       "WHOLESALE",         "INST_GOV",   "SUPERMARKET",
        "INST_CANTEEN", "INST_CAMPUS", "COMMUNITY",         "ENTERPRISE", "ONLINE"};
};
template <>
struct WireNames<PurchaseMode> {
    static constexpr std::array<std::string_view, 2> names{"DIRECT_PURCHASE", "ASSISTED_SALE"};
};
template <>
struct WireNames<ReturnPolicy> {
    static constexpr std::array<std::string_view, 4> names{"SEVEN_DAY", "FRESH_EXEMPT", "CUSTOM_EXEMPT",
                                                           "CONFIRMED_EXEMPT"};
};
template <>
struct WireNames<Programme> {
    static constexpr std::array<std::string_view, 3> names{"EAST_WEST_COLLABORATION", "POVERTY_COOPERATION",
                                                           "COUNTERPART_SUPPORT"};
};
template <>
struct WireNames<Certainty> {
    static constexpr std::array<std::string_view, 4> names{"STATED", "IMPLIED", "CAPTION", "INFERRED"};
};
template <>
struct WireNames<CertificationState> {
    static constexpr std::array<std::string_view, 4> names{"CERTIFIED", "SUSPENDED", "REVOKED", "WITHDRAWN"};
};
template <>
struct WireNames<CertificationStanding> {
    static constexpr std::array<std::string_view, 5> names{"CERTIFIED", "SUSPENDED", "REVOKED", "WITHDRAWN",
                                                           "EXPIRED"};
};
template <>
struct WireNames<MerchantKind> {
    static constexpr std::array<std::string_view, 7> names{
        "COOPERATIVE",        "COMPANY",     "FAMILY_FARM", "ASSISTANCE_WORKSHOP",
        "VILLAGE_COLLECTIVE", "ASSOCIATION", "DISTRIBUTOR"};
};
template <>
struct WireNames<Role> {
    static constexpr std::array<std::string_view, 5> names{"merchant", "certifier", "operator", "auditor",
                                                           "admin"};
};

/// The name on the wire and in the database: "METRO_QR".
template <class E>
constexpr std::string_view wire_name(E value) {
    return WireNames<E>::names[static_cast<std::size_t>(value)];
}

/// The value of a wire name, or nothing when there is no such name.
template <class E>
constexpr std::optional<E> from_wire_name(std::string_view name) {
    for (std::size_t i = 0; i < WireNames<E>::names.size(); ++i) {
        if (WireNames<E>::names[i] == name) return static_cast<E>(i);
    }
    return std::nullopt;
}

}  // namespace shanhai
