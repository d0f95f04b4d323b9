#pragma once

#include "vocabulary/result.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace shanhai {

// Each kind of thing has its own id type, so that a lot is never taken for a product. Ids are
// positive, given by the service that owns the thing, and fit a BIGINT UNSIGNED.
enum class AccountId : std::uint64_t {};
enum class OrganisationId : std::uint64_t {};
enum class MerchantId : std::uint64_t {};
enum class ProductId : std::uint64_t {};
enum class SkuId : std::uint64_t {};
enum class CertificationId : std::uint64_t {};
enum class PairingId : std::uint64_t {};
enum class CampaignId : std::uint64_t {};
enum class PlacementId : std::uint64_t {};
enum class BaseId : std::uint64_t {};
enum class LotId : std::uint64_t {};
enum class OrderId : std::uint64_t {};
enum class OrderLineId : std::uint64_t {};
enum class AttemptId : std::uint64_t {};

template <class Id>
requires std::is_enum_v<Id>
constexpr std::uint64_t number(Id id) { return static_cast<std::uint64_t>(id); }

/// An order's public number: "SH", the day in Shanghai, ten digits that do not show how many orders
/// there are, and a check digit, 21 characters in all ("SH20260504" + "0123456789" + "7"). It may
/// serve as `out_trade_no` at WeChat Pay (6 to 32 characters, letters and digits).
class OrderNumber {
public:
    static constexpr std::size_t length = 21;

    /// `sequence` is the order's id; two different ids below 10^10 never give the same ten digits.
    static OrderNumber make(Instant at, std::uint64_t sequence);
    /// Fails with Failure::invalid on a wrong form, day or check digit (ISO 7064 MOD 11,10).
    static Result<OrderNumber> parse(std::string_view text);

    const std::string& text() const { return text_; }

    friend bool operator==(const OrderNumber&, const OrderNumber&) = default;

private:
    explicit OrderNumber(std::string text) : text_{std::move(text)} {}

    std::string text_;
};

/// The ISO 7064 MOD 11,10 check digit of a string of digits.
char mod_11_10_check_digit(std::string_view digits);

}  // namespace shanhai
