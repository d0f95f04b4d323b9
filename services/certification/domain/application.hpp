#pragma once

#include "certification/domain/batch.hpp"
#include "vocabulary/households.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::certification {

enum class ApplicationId : std::uint64_t {};
enum class ObjectionId : std::uint64_t {};

/// Where an application stands (DOMAIN §6). What comes of a certified one later, its certification says.
enum class ApplicationState {
    draft,               ///< The merchant writes; also again, when something was missing (补正).
    submitted,           ///< The county looks at it.
    county_recommended,  ///< 县级推荐: enough offices of the county stand for it.
    under_review,        ///< The deciding office reviews.
    public_notice,       ///< 公示: anybody may object.
    certified,
    rejected,
    withdrawn,
};

/// What may be done with an application.
enum class Action {
    submit,
    recommend,
    return_for_supplement,  ///< 退回补正: the reason says what is missing.
    begin_review,
    publish_notice,
    certify,
    reject,
    withdraw,
};

/// In which capacity somebody acts on an application.
enum class Party {
    owner,
    county_office,
    deciding_office,
    unnamed_office,  ///< In the county, but by its name none that speaks for it.
    nobody,
};

/// What a merchant says of its product.
struct ApplicationText {
    static constexpr std::size_t length_max = 2000;

    std::string statement;             ///< Why it deserves the recognition: quality, price.
    std::string linkage;               ///< 联农带农: whom in the county it helps, and by which contract.
    std::vector<Evidence> evidence{};  ///< The papers, in the order in which they are to be read.
    std::optional<Households> households{};  ///< Those of its contracts; nothing: it does not say.

    friend bool operator==(const ApplicationText&, const ApplicationText&) = default;
};

/// What a draft begins with.
struct NewApplication {
    BatchId batch{};
    ProductId product{};
    ApplicationText text;
    std::optional<ApplicationId> renews{};  ///< The earlier one that the text is of.
};

/// One step of an application; only added.
struct Step {
    Action action = Action::submit;
    ApplicationState state = ApplicationState::draft;  ///< After it.
    std::string reason;
    Instant at{};
    AccountId by{};
    OrganisationId organisation{};
    std::optional<ApplicationText> submitted;  ///< Of SUBMIT: the text and papers as they were then.
};

struct Application {
    ApplicationId id{};
    Batch batch;
    ProductId product{};
    ApplicationText text;
    ApplicationState state = ApplicationState::draft;
    int version = 1;  ///< Grows with every change and step: whoever acts names the one that he saw.
    std::optional<Instant> notice_until;    ///< From then on it may be certified.
    std::optional<Instant> sent_back{};     ///< When it was returned last.
    CertificationId certification{};        ///< 0: none came of it.
    std::optional<ApplicationId> renews{};  ///< The earlier one that it began with.
    std::vector<Step> steps;                ///< Oldest first.

    bool ended() const {
        return state == ApplicationState::certified || state == ApplicationState::rejected ||
               state == ApplicationState::withdrawn;
    }
    /// Whether its text may be another than the one submitted last: it is corrected, or was when it was
    /// withdrawn.
    bool rewritten() const {
        return state == ApplicationState::draft || state == ApplicationState::withdrawn;
    }
    /// Since when its house is to supply what is missing (已退回补正); nothing when no office waits for it:
    /// of the drafts, this parts those that came back from those that were never submitted.
    std::optional<Instant> returned_at() const {
        return state == ApplicationState::draft ? sent_back : std::nullopt;
    }
    /// Null: it never was.
    const ApplicationText* last_submitted() const;
    /// The offices that have recommended it since it was last submitted.
    std::vector<OrganisationId> recommended_by() const;
    /// Whether it was submitted once; what came back for a supplement may be submitted after the last day.
    bool submitted_before() const;
};

/// What somebody of the public said against it in the days of its notice, and what the office answered.
struct Objection {
    static constexpr std::size_t papers_max = 3;

    ObjectionId id{};
    ApplicationId application{};
    std::string text;
    Instant at{};
    std::optional<std::string> answer;
    std::optional<Instant> answered;
    std::int64_t paper_count = 0;
    std::vector<files::File> papers{};  ///< For those alone who may answer, and auditors; else empty.
};

/// An objection as it comes.
struct NewObjection {
    /// Bytes of all papers with which anybody may object to one application, all sizes of pictures included.
    static constexpr std::int64_t paper_bytes_max = 200LL * 1024 * 1024;

    std::string text;
    std::vector<std::string> papers{};  ///< The SHA-256 of each file.
    std::string holder{};               ///< Whose files: the SHA-256 of the key; empty: of nobody.
};
struct MadeObjection {
    Objection objection;
    bool repeated = false;  ///< It had come before.
};

/// An application with what is shown of its product.
struct ShownApplication {
    ApplicationId id{};
    Application application;
    std::string product_name;
    std::string county_code;
    bool merchant_active = true;   ///< Its merchant sells now.
    bool distributed = false;      ///< Its merchant does not make it.
    std::string registered_in;     ///< The division in its house's credit code; empty: nobody said.
    bool product_changed = false;  ///< Since it was submitted last, its public text became another.
    std::vector<Objection> objections;
    std::vector<files::File> files;  ///< Those that its papers name, and those of its steps.
    std::vector<Finding> checks;     ///< What its papers show by themselves, today.
};

/// Whose applications somebody sees. What was never submitted is its owner's alone; through whose hands it
/// went goes on seeing it.
struct Reach {
    bool everything = false;             ///< All that was submitted.
    std::vector<OrganisationId> houses;  ///< All of these houses' merchants (0: of those of no house).
    std::vector<SchemeCode> schemes;     ///< Those submitted under the schemes that this office decides.
    std::optional<CountyCode> county;    ///< Those submitted of goods of this office's county.
};

/// Which applications a list shows; what is not named does not matter.
struct ApplicationFilter {
    std::optional<ApplicationId> id;
    std::optional<BatchId> batch;
    std::optional<ProductId> product;
    std::vector<ApplicationState> states{};  ///< In one of these; none: in any.
    std::optional<CountyCode> county{};
    std::optional<std::string> category{};
    std::optional<Action> step{};  ///< That it took at least once.
    std::optional<SchemeCode> scheme{};
    std::optional<std::int64_t> year{};                 ///< Of its batch.
    std::optional<CertificationState> certification{};  ///< What came of it is in this state now.
    std::optional<bool> returned{};                     ///< Whether its house is to supply something.
};

/// What decides whether an action may be taken, beside the application itself.
struct Circumstances {
    const Scheme& scheme;  ///< As the batch names it.
    Party party = Party::nobody;
    OrganisationId house{};
    Instant at{};
    std::int64_t open_objections = 0;  ///< Those without an answer.
};

/// The state that an action leads to. 403 `not-your-application` for whoever has no say in it,
/// `not-the-authority` for an office that has another, `office-name-unknown` for
/// one of the county whose name says nothing; 409 `step-not-now` when the state is another,
/// `applications-closed`, `recommended-already`, `notice-open`, `objections-open`.
Result<ApplicationState> state_after(const Application& application, Action action,
                                     const Circumstances& circumstances);

/// What an office has to do after the last step, and had not before it; nothing when that is so of none.
std::optional<Action> awaited_after(const Application& application, const Scheme& scheme);

}  // namespace shanhai::certification

namespace shanhai {
template <>
struct WireNames<certification::ApplicationState> {
    static constexpr std::array<std::string_view, 8> names{
        "DRAFT",         "SUBMITTED", "COUNTY_RECOMMENDED", "UNDER_REVIEW",
        "PUBLIC_NOTICE", "CERTIFIED", "REJECTED",           "WITHDRAWN"};
};
template <>
struct WireNames<certification::Action> {
    static constexpr std::array<std::string_view, 8> names{
        "SUBMIT", "RECOMMEND", "RETURN", "BEGIN_REVIEW", "PUBLISH_NOTICE", "CERTIFY", "REJECT", "WITHDRAW"};
};
}  // namespace shanhai
