#pragma once

#include "certification/domain/application.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shanhai::certification {

enum class EditionId : std::uint64_t {};

/// One certification as an edition of the catalogue (产品目录) names it, with its product as it was then.
struct CatalogueEntry {
    CertificationId certification{};
    std::string number;
    std::string authority;
    ProductId product{};
    std::string product_name;
    std::string snapshot_hash;  ///< SHA-256 of the product's public text, 64 hex digits.
    std::string county_code;
    std::string county_name;
    MerchantId merchant{};
    std::string merchant_name;
    Date valid_from{};  ///< Half-open [from, to), days of Asia/Shanghai.
    Date valid_to{};
    /// It came from; nothing: what was decided elsewhere was entered.
    std::optional<ApplicationId> application;
    /// Hash of the papers that it was decided on (hash_of), 64 hex digits; empty without an application.
    std::string evidence_hash;
    /// That it says its contracts cover; catalogues name them where there are some, as older ones do not.
    std::optional<Households> households{};

    /// The members in which the other says something else, by the names that they have in the catalogue.
    std::vector<std::string_view> differing(const CatalogueEntry& other) const;

    friend bool operator==(const CatalogueEntry&, const CatalogueEntry&) = default;
};

/// A paper and what it holds, as they were submitted.
struct SubmittedPaper {
    Evidence evidence;
    std::string sha256;  ///< Of the file; 32 bytes.
};
/// SHA-256 of {"evidence":[…]} in canonical JSON, where each paper has kind, number, issued_on, valid_until
/// (null: none) and its file's sha256, in the order in which they were submitted: 32 bytes. Whoever holds the
/// papers can check it.
std::string hash_of(const std::vector<SubmittedPaper>& papers);

/// What an edition says: every certification of a scheme and year that was in force at that moment.
struct Catalogue {
    SchemeCode scheme;
    std::string scheme_name;
    int year = Certification::year_min;
    int number = 1;
    std::string office;  ///< That froze it.
    Instant frozen{};
    std::vector<CatalogueEntry> entries;  ///< In the order of their certifications' ids.

    /// Its bytes: canonical JSON (RFC 8785), of which an edition's hash is. The format is a promise: who kept
    /// a catalogue checks it by them.
    std::string canonical() const;
};

/// A frozen, numbered catalogue. Never changed: what comes later is in the next one.
struct Edition {
    /// A bigger catalogue is frozen by no office, and would outgrow a statement to the database.
    static constexpr std::size_t certifications_max = 10'000;
    static constexpr int number_max = 366;  ///< One a day.

    EditionId id{};
    SchemeCode scheme;
    int year = Certification::year_min;
    int number = 1;  ///< 1, 2 … within scheme and year.
    std::string office;
    Instant frozen{};
    std::string sha256;  ///< Of the canonical bytes; 32 bytes.
    std::int64_t certifications = 0;
    /// The one before it: of the same year, or the last one of the latest year before.
    std::optional<EditionId> previous{};
};

/// Where a certification is named.
struct EditionMention {
    EditionId id{};
    int number = 1;
    Instant frozen{};
};

/// What became another from one catalogue to a later one, product by product.
struct Difference {
    std::vector<CatalogueEntry> added;
    std::vector<CatalogueEntry> gone;
    std::vector<std::pair<CatalogueEntry, CatalogueEntry>> changed;  ///< Before and after.
};

/// In the order of their products' ids.
Difference difference(std::vector<CatalogueEntry> before, std::vector<CatalogueEntry> after);

/// Which editions a list shows; what is not named does not matter.
struct EditionFilter {
    std::optional<SchemeCode> scheme;
    std::optional<std::int64_t> year;
};

}  // namespace shanhai::certification
