#pragma once

#include "certification/domain/edition.hpp"
#include "vocabulary/certification.hpp"

#include <string>
#include <vector>

namespace shanhai::certification {

/// One step in a certification's life.
struct StateChange {
    CertificationState state = CertificationState::certified;
    std::string reason;
    Instant at{};
    AccountId by{};  ///< 0: nobody; it belongs to invented goods.
};

/// A certification with what is shown of its product.
struct Recognition {
    CertificationId id{};
    Certification certification;
    std::string product_name;  ///< Empty: nobody told of the product yet.
    std::string county_code;
    std::vector<EditionMention> editions{};  ///< That name it, oldest first.
};

/// What a certification was decided on, as it was submitted last.
struct Basis {
    ApplicationId application{};
    std::string statement;  ///< Why it deserves it.
    std::string linkage;    ///< 联农带农: whom in the county it helps.
    std::vector<SubmittedPaper> papers;
    std::optional<Households> households{};  ///< Covered by its contracts; nothing: it did not say.
};

/// A certification with all that was decided of it, oldest first.
struct Decided {
    Recognition recognition;
    std::vector<StateChange> history;
    std::optional<Basis> basis;  ///< None: it was entered without an application.
};

/// Which certifications a list shows; what is not named does not matter.
struct Filter {
    std::optional<ProductId> product;
    std::optional<std::int64_t> year;
    std::optional<SchemeCode> scheme;
    std::optional<CertificationStanding> standing;
    std::optional<Instant>
        at;  ///< As they were then: in the state of then, and only those that were entered.
};

}  // namespace shanhai::certification
