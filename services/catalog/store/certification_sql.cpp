#include "catalog/domain/scheme.hpp"
#include "catalog/store/mysql_catalog_store.hpp"
#include "catalog/store/organisation_sql.hpp"
#include "catalog/store/reader.hpp"
#include "chassis/database/unique.hpp"

#include <algorithm>

namespace shanhai::catalog {
namespace {

using database::Session;

Error certification_unknown() {
    return Error{Failure::not_found, "certification-unknown", "there is no such certification"};
}

void append_state(Session& session, CertificationId id, CertificationState state, const std::string& reason,
                  Instant at, const Author& author) {
    session.execute(
        "INSERT INTO certification_state (certification_id, step, state, reason, at, by_account) "
        "SELECT ?, COALESCE(MAX(step), 0) + 1, ?, ?, ?, ? FROM certification_state WHERE certification_id = "
        "?",
        id, wire_name(state), reason, at, author.account, id);
}

/// The product's row is locked, so nobody else is deciding the same; the schema's key says it once more.
std::optional<Error> fault_of(const Product& product, const Certification& certification) {
    for (const auto& known : product.certifications) {
        const bool active =
            known.state == CertificationState::certified || known.state == CertificationState::suspended;
        if (!active || known.scheme != certification.scheme || known.year != certification.year) continue;
        return Error{Failure::conflict, "certified-already",
                     "this product has an active certification of that scheme and year"};
    }
    return std::nullopt;
}

}  // namespace

Result<CertificationId> MysqlCatalogStore::write_certification(Session& session,
                                                               const Certification& certification,
                                                               const Author& author) {
    const auto offer = locked_offer(session, certification.product);
    if (!offer) return invalid_field("/product_id", "there is no such product");
    if (auto fault = offer->merchant.fault_of_judging(author)) return *fault;
    const auto county = read_county(session, offer->product.county);
    const auto house = read_organisation(session, author.organisation);
    if (auto fault = fault_of_deciding(certification.scheme, *county, house ? &*house : nullptr))
        return *fault;
    if (auto fault = fault_of(offer->product, certification)) return *fault;
    const auto at = session.now();
    if (auto fault = fault_under_scheme(certification, *county, read_pairings(session), shanghai_date(at))) {
        return *fault;
    }
    if (auto fault = fault_of_issuing(certification, *county, &*house)) return *fault;
    return insert_certification(session, certification, at, author);
}

Result<CertificationId> MysqlCatalogStore::write_sample(Session& session,
                                                        const Certification& certification) {
    const auto offer = locked_offer(session, certification.product);
    if (!offer) return invalid_field("/product_id", "there is no such product");
    if (!offer->product.invented()) {
        return invalid_field("/product_id", "only goods that are invented have an invented past");
    }
    if (auto fault = fault_of(offer->product, certification)) return *fault;
    const auto at = std::min(session.now(), start_of(certification.valid_from));
    const auto county = read_county(session, offer->product.county);
    if (auto fault = fault_under_scheme(certification, *county, read_pairings(session), shanghai_date(at))) {
        return *fault;
    }
    return insert_certification(session, certification, at, Author{});
}

Result<CertificationId> MysqlCatalogStore::insert_certification(Session& session,
                                                                const Certification& certification,
                                                                Instant at, const Author& author) {
    const auto id = database::insert_unique<CertificationId>(
        session,
        "INSERT INTO certification (product_id, scheme, year, authority, number, valid_from, valid_to, "
        "state, "
        "state_since, reason, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        certification.product, wire_name(certification.scheme), certification.year, certification.authority,
        certification.number, certification.valid_from, certification.valid_to,
        wire_name(certification.state), at, certification.reason, at);
    if (!id) return Error{Failure::conflict, "number-taken", "the scheme has given that number already"};
    append_state(session, *id, certification.state, certification.reason, at, author);
    conclude_offer(session, certification.product);
    return *id;
}

Result<ProductId> MysqlCatalogStore::write_state(Session& session, CertificationId id,
                                                 CertificationState state, const std::string& reason,
                                                 const Author& author) {
    auto rows = session.query("SELECT product_id FROM certification WHERE certification_id = ?", id);
    if (!rows.next()) return certification_unknown();
    const auto product = rows.id<ProductId>(0);
    const auto offer = locked_offer(session, product);
    if (!offer) return offer.error();
    if (auto fault = offer->merchant.fault_of_judging(author)) return *fault;
    const auto county = read_county(session, offer->product.county);
    const auto house = read_organisation(session, author.organisation);
    for (const auto& known : offer->product.certifications) {
        if (known.id != id) continue;
        if (auto fault = fault_of_deciding(known.scheme, *county, house ? &*house : nullptr)) return *fault;
        if (auto fault = known.fault_of_becoming(state)) return *fault;
    }
    const auto at = session.now();
    session.execute(
        "UPDATE certification SET state = ?, state_since = ?, reason = ? WHERE certification_id = ?",
        wire_name(state), at, reason, id);
    append_state(session, id, state, reason, at, author);
    conclude_offer(session, product);
    return product;
}

CatalogStore::Awaitable<CertificationId> MysqlCatalogStore::certify(Valid<Certification> certification,
                                                                    Author author) {
    return write([this, certification = std::move(certification), author](Session& session) {
        return write_certification(session, *certification, author);
    });
}

CatalogStore::Awaitable<CertificationId> MysqlCatalogStore::certify_sample(
    Valid<Certification> certification) {
    return write([this, certification = std::move(certification)](Session& session) {
        return write_sample(session, *certification);
    });
}

CatalogStore::Awaitable<ProductId> MysqlCatalogStore::change_state(CertificationId certification,
                                                                   CertificationState state,
                                                                   std::string reason, Author author) {
    return write([this, certification, state, reason = std::move(reason), author](Session& session) {
        return write_state(session, certification, state, reason, author);
    });
}

CatalogStore::Awaitable<std::vector<StateChange>> MysqlCatalogStore::history(CertificationId certification) {
    return pool_.transact([certification](Session& session) -> Result<std::vector<StateChange>> {
        std::vector<StateChange> changes;
        auto rows = session.query(
            "SELECT state, reason, at, by_account FROM certification_state WHERE certification_id = ? "
            "ORDER BY step",
            certification);
        while (rows.next()) {
            changes.push_back({stored_choice<CertificationState>(rows.text(0)), rows.text(1), rows.instant(2),
                               rows.id<AccountId>(3)});
        }
        if (changes.empty()) return certification_unknown();
        return changes;
    });
}

}  // namespace shanhai::catalog
