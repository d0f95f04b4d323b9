#pragma once

#include "vocabulary/ids.hpp"
#include "vocabulary/time.hpp"
#include "vocabulary/trade.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace shanhai::messages {

enum class MessageId : std::uint64_t {};
enum class ApplicationId : std::uint64_t {};
enum class EditionId : std::uint64_t {};
enum class ProposalId : std::uint64_t {};
enum class OnboardingId : std::uint64_t {};

/// What a message tells.
enum class Kind {
    application_to_recommend,  ///< To the offices of the product's county.
    application_to_review,     ///< To the deciding office.
    objection_to_answer,       ///< To the deciding office, once while any has no answer.
    proposal_to_answer,        ///< To the office in which it takes a second person; so are the next four.
    proposal_agreed,
    proposal_refused,
    proposal_taken_back,
    proposal_overtaken,      ///< The certification became something else meanwhile.
    house_to_verify,         ///< 入驻, to the operator.
    house_to_verify_second,  ///< By a second person of the operator.
    application_returned,  ///< 补正: the reason says what is missing. From here on to the house that sells.
    application_recommended,
    notice_published,
    application_rejected,
    certified,
    certification_suspended,
    certification_reinstated,
    certification_revoked,
    certification_withdrawn,
    certification_ends_60,
    certification_ends_30,
    certification_ends_14,
    edition_published,
    lot_blocked,
    merchant_verified,
    merchant_stopped,  ///< Nothing of this merchant is sold.
    merchant_resumed,
};

/// What it is about: each id where there is such a thing.
struct About {
    std::optional<ApplicationId> application{};
    std::optional<ProductId> product{};
    std::optional<CertificationId> certification{};
    std::optional<EditionId> edition{};
    std::optional<ProposalId> proposal{};
    std::optional<OnboardingId> onboarding{};
    std::optional<CertificationState> proposed{};  ///< What the certification was to become.
    std::optional<LotId> lot{};
    std::optional<MerchantId> merchant{};
    std::optional<std::string> scheme{};
    std::optional<std::int64_t> year{};
    std::optional<std::string> lot_code{};
    std::optional<std::string> merchant_name{};
    std::optional<std::string> product_name{};  ///< As of then.
};

/// Something that happened, or is due, which an organisation is to be told.
struct News {
    Kind kind = Kind::certified;
    About about;
    std::string reason;  ///< In the words that were given for it; may be empty.
    Instant at{};
    std::optional<Date> due_on{};  ///< The last day on which something can be done about it.

    /// The thing by whose id news of this kind are told apart.
    std::uint64_t subject() const;
    /// Which of several of that kind and thing: what happens again is told again. 0 of what comes once.
    std::int64_t step() const;
};

/// What somebody looks at, and so has read what was told about it: the message itself, or a page of the desk.
enum class Thing { message, application, certification, product, lot, merchant };

struct Opened {
    Thing thing{};
    std::uint64_t id = 0;
    std::optional<Instant> seen_at{};  ///< What was told later is not on that page; nothing: it is as of now.
};

/// News as an organisation was told it; 0: the operator, who writes for merchants of no house.
struct Message {
    MessageId id{};
    OrganisationId to{};
    News news;
    bool unread = false;
    bool settled = false;  ///< What it asks for has been done meanwhile.
};

}  // namespace shanhai::messages

namespace shanhai {
template <>
struct WireNames<messages::Kind> {
    static constexpr std::array<std::string_view, 27> names{
        "APPLICATION_TO_RECOMMEND", "APPLICATION_TO_REVIEW",    "OBJECTION_TO_ANSWER",
        "PROPOSAL_TO_ANSWER",       "PROPOSAL_AGREED",          "PROPOSAL_REFUSED",
        "PROPOSAL_TAKEN_BACK",      "PROPOSAL_OVERTAKEN",       "HOUSE_TO_VERIFY",
        "HOUSE_TO_VERIFY_SECOND",   "APPLICATION_RETURNED",     "APPLICATION_RECOMMENDED",
        "NOTICE_PUBLISHED",         "APPLICATION_REJECTED",     "CERTIFIED",
        "CERTIFICATION_SUSPENDED",  "CERTIFICATION_REINSTATED", "CERTIFICATION_REVOKED",
        "CERTIFICATION_WITHDRAWN",  "CERTIFICATION_ENDS_60",    "CERTIFICATION_ENDS_30",
        "CERTIFICATION_ENDS_14",    "EDITION_PUBLISHED",        "LOT_BLOCKED",
        "MERCHANT_VERIFIED",        "MERCHANT_STOPPED",         "MERCHANT_RESUMED"};
};
template <>
struct WireNames<messages::Thing> {
    static constexpr std::array<std::string_view, 6> names{"MESSAGE", "APPLICATION", "CERTIFICATION",
                                                           "PRODUCT", "LOT",         "MERCHANT"};
};
}  // namespace shanhai
