#include "certification/application/publishing.hpp"

#include "certification/application/catalogue_reading.hpp"
#include "certification/application/ground.hpp"
#include "certification/store/certification_rows.hpp"
#include "certification/store/edition_rows.hpp"
#include "certification/store/known_facts.hpp"
#include "certification/store/scheme_rows.hpp"
#include "chassis/security/crypto.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace shanhai::certification {
namespace {

using database::Session;

Error unknown_edition() { return Error{Failure::not_found, "edition-unknown", "there is no such edition"}; }
Error no_such_other() {
    std::vector<FieldError> fields;
    fields.push_back({"", "there is no such edition of that scheme", "from"});
    return Error{Failure::invalid, "validation-failed", "there is no such edition of that scheme",
                 std::move(fields)};
}
Error conflict(const char* code, const char* message) { return Error{Failure::conflict, code, message}; }

bool unsure(const CatalogueEntry& entry) {
    return entry.product_name.empty() || entry.snapshot_hash.empty() || entry.county_name.empty() ||
           entry.merchant_name.empty();
}

/// Whether it says what the last edition says, apart from who froze it when.
bool says_the_same(Session& session, Catalogue catalogue, const std::optional<Edition>& last) {
    if (!last) return false;
    catalogue.number = last->number;
    catalogue.frozen = last->frozen;
    catalogue.office = last->office;
    return catalogue.canonical() == content_of(session, last->id);
}

std::optional<Error> fault_of(Session& session, const Catalogue& catalogue,
                              const std::optional<Edition>& last) {
    if (catalogue.entries.size() > Edition::certifications_max) {
        return conflict("catalogue-too-large", "more is in force than one edition holds");
    }
    if (catalogue.number > Edition::number_max) {
        return conflict("editions-full", "that year has as many editions as it can have");
    }
    if (std::ranges::any_of(catalogue.entries, unsure)) {
        return Error{
            Failure::unavailable, "product-unsure",
            "something that was told of a product, its merchant or its county is not known for sure"};
    }
    if (!last && catalogue.entries.empty()) {
        return conflict("edition-empty", "nothing is in force of that year, and nothing was frozen before");
    }
    if (says_the_same(session, catalogue, last)) {
        return conflict("edition-unchanged", "nothing has changed since the last edition");
    }
    return std::nullopt;
}

Result<Edition> freeze_in(Session& session, const SchemeCode& code, int year, const Author& author) {
    if (!handed_over(session)) return handover_open();
    hold_scheme(session, code);
    const auto scheme = find_scheme(session, code);
    if (!scheme) return invalid_field("/scheme", "there is no such scheme");
    const auto house = find_organisation(session, author.organisation);
    if (auto fault = fault_of_ruling(*scheme, house && !author.sells ? &*house : nullptr)) return *fault;
    const auto at = session.now();  // Behind the lock: what is decided later is later.
    const auto last = last_edition(session, code, year);
    const Catalogue catalogue{.scheme = code,
                              .scheme_name = scheme->name,
                              .year = year,
                              .number = last ? last->number + 1 : 1,
                              .office = std::string{house->proper_name()},
                              .frozen = at,
                              .entries = in_force(session, code, year, at, Edition::certifications_max + 1)};
    if (auto fault = fault_of(session, catalogue, last)) return *fault;
    const auto before = last ? last : last_edition_before(session, code, year);
    const auto content = catalogue.canonical();
    Edition edition{.id = {},
                    .scheme = code,
                    .year = year,
                    .number = catalogue.number,
                    .office = catalogue.office,
                    .frozen = at,
                    .sha256 = security::sha256(content),
                    .certifications = static_cast<std::int64_t>(catalogue.entries.size()),
                    .previous = before ? std::optional{before->id} : std::nullopt};
    edition.id = insert_edition(session, edition, content, catalogue.entries, author.account);
    return edition;
}

Result<Comparison> compare_in(Session& session, EditionId id, const std::optional<EditionId>& from) {
    const auto edition = find_edition(session, id);
    if (!edition) return unknown_edition();
    Comparison comparison{*edition, std::nullopt, {}};
    if (const auto earlier = from ? from : edition->previous)
        comparison.from = find_edition(session, *earlier);
    const bool wanted = !from || (comparison.from && comparison.from->scheme == edition->scheme);
    if (!wanted) return no_such_other();
    std::vector<CatalogueEntry> before;
    if (comparison.from) before = catalogue_of(content_of(session, comparison.from->id)).entries;
    comparison.difference = difference(std::move(before), catalogue_of(content_of(session, id)).entries);
    return comparison;
}

/// There is always something in it: what co_spawn hands over must have a default.
boost::asio::awaitable<std::optional<Result<std::string>>> draw_one(std::string content,
                                                                    Publishing::Draw draw) {
    co_return draw(content);
}

}  // namespace

Publishing::Awaitable<Edition> Publishing::freeze(SchemeCode scheme, int year, Author author) {
    return database::transact_telling(pool_, committed_,
                                      [this, scheme = std::move(scheme), year, author](Session& session) {
                                          auto made = freeze_in(session, scheme, year, author);
                                          if (made) announce_(session, *made);
                                          return made;
                                      });
}

Publishing::Awaitable<std::vector<Edition>> Publishing::list(EditionFilter filter, EditionId after,
                                                             std::size_t count) const {
    return pool_.transact(
        [filter = std::move(filter), after, count](Session& session) -> Result<std::vector<Edition>> {
            return list_editions(session, filter, after, count);
        });
}

Publishing::Awaitable<Edition> Publishing::find(EditionId id) const {
    return pool_.transact([id](Session& session) -> Result<Edition> {
        auto found = find_edition(session, id);
        if (!found) return unknown_edition();
        return std::move(*found);
    });
}

Publishing::Awaitable<std::string> Publishing::content(EditionId id) const {
    return pool_.transact([id](Session& session) -> Result<std::string> {
        auto content = content_of(session, id);
        if (content.empty()) return unknown_edition();
        return content;
    });
}

Publishing::Awaitable<std::string> Publishing::drawn(EditionId id, Draw draw) {
    auto frozen = co_await content(id);
    if (!frozen) co_return frozen.error();
    auto drawing = draw_one(std::move(*frozen), std::move(draw));
    const auto executor = drawing_.executor();
    auto body = co_await boost::asio::co_spawn(executor, std::move(drawing), boost::asio::use_awaitable);
    co_return std::move(*body);
}

Publishing::Awaitable<Comparison> Publishing::compare(EditionId id, std::optional<EditionId> from) const {
    return pool_.transact([id, from](Session& session) { return compare_in(session, id, from); });
}

}  // namespace shanhai::certification
