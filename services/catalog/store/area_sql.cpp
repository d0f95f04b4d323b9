#include "catalog/store/corrections.hpp"
#include "catalog/store/mysql_catalog_store.hpp"
#include "catalog/store/reader.hpp"
#include "chassis/database/unique.hpp"

// Counties and pairings, their corrections, and what they were before.

namespace shanhai::catalog {
namespace {

using database::Session;

Error pairing_exists() {
    return Error{Failure::conflict, "pairing-exists",
                 "a pairing of that district and area, programme and first day is declared with other facts"};
}

Error code_taken(std::string pointer, const std::string& detail) {
    std::vector<FieldError> fields;
    fields.push_back({std::move(pointer), detail});
    return Error{Failure::conflict, "code-taken", detail, std::move(fields)};
}

/// No code ever means two counties: 409 `code-taken` when another has it, or had it before.
std::optional<Error> fault_of_codes(Session& session, const County& county) {
    auto renamed = session.query(
        "SELECT 1 FROM county_former_code WHERE former_code = ? AND county_code <> ? FOR UPDATE",
        county.code.text(), county.code.text());
    if (renamed.next()) return code_taken("/county_code", "another county had this code before");
    for (std::size_t i = 0; i < county.former_codes.size(); ++i) {
        const auto code = county.former_codes[i].text();
        const auto pointer = "/former_codes/" + std::to_string(i);
        auto present = session.query("SELECT 1 FROM county WHERE county_code = ? FOR UPDATE", code);
        if (present.next()) return code_taken(pointer, "another county has this code");
        auto former = session.query(
            "SELECT 1 FROM county_former_code WHERE former_code = ? AND county_code <> ? FOR UPDATE", code,
            county.code.text());
        if (former.next()) return code_taken(pointer, "another county had this code before");
    }
    return std::nullopt;
}

/// No key spans both tables, so nobody else writes a county meanwhile: whoever looks whether a code is free
/// has it free until the end of the transaction.
void hold_codes(Session& session) {
    auto held = session.query("SELECT version FROM told WHERE one = 1 FOR UPDATE");
    if (!held.next()) throw std::logic_error{"the row of what was told is gone"};
}

/// In place of those it had. Never takes a code from another county: that throws.
void write_former_codes(Session& session, const County& county) {
    session.execute("DELETE FROM county_former_code WHERE county_code = ?", county.code.text());
    database::Insert former{"INSERT INTO county_former_code (former_code, county_code) VALUES"};
    for (const auto& code : county.former_codes) former.row(code.text(), county.code.text());
    former.run(session);
}

std::optional<PairingId> insert_pairing(Session& session, const Pairing& pairing) {
    return database::insert_unique<PairingId>(
        session,
        "INSERT INTO pairing (district_code, district_name, area_code, area_name, programme, certainty, "
        "valid_from, valid_to, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        pairing.district.text(), pairing.district_name, pairing.area.text(), pairing.area_name,
        wire_name(pairing.programme), wire_name(pairing.certainty), pairing.valid_from, pairing.valid_to,
        pairing.note);
}

/// False when another pairing has the natural key.
bool update_pairing(Session& session, const Pairing& pairing) {
    return database::update_unique(
        session,
        "UPDATE pairing SET district_code = ?, district_name = ?, area_code = ?, area_name = ?, "
        "programme = ?, certainty = ?, valid_from = ?, valid_to = ?, note = ?, version = ? "
        "WHERE pairing_id = ?",
        pairing.district.text(), pairing.district_name, pairing.area.text(), pairing.area_name,
        wire_name(pairing.programme), wire_name(pairing.certainty), pairing.valid_from, pairing.valid_to,
        pairing.note, pairing.version, pairing.id);
}

}  // namespace

Result<Written<CountyCode>> MysqlCatalogStore::write_county(Session& session, const County& county) {
    hold_codes(session);
    if (auto known = read_county(session, county.code)) {
        known->version = county.version;
        if (*known == county) return Written<CountyCode>{county.code, false};
        return Error{Failure::conflict, "county-exists", "this county is registered with other facts"};
    }
    if (auto fault = fault_of_codes(session, county)) return *fault;
    session.execute(
        "INSERT INTO county (county_code, name, short_name, prefecture, province, assisted) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        county.code.text(), county.name, county.short_name, county.prefecture, county.province,
        county.assisted);
    write_former_codes(session, county);
    Announcement announcement;
    announcement.counties.push_back(county);
    conclude(session, announcement);
    register_hindered(session);
    return Written<CountyCode>{county.code, true};
}

Result<CountyCode> MysqlCatalogStore::correct_county(Session& session, const County& wanted,
                                                     std::optional<int> current, const Author& author) {
    hold_codes(session);
    const auto stored = read_county(session, wanted.code);
    if (!stored) return county_unknown();
    if (current && *current != stored->version) return version_stale("county");
    auto next = wanted;
    next.version = stored->version;
    if (next == *stored) return next.code;
    if (auto fault = fault_of_codes(session, next)) return *fault;
    next.version += 1;
    session.execute(
        "UPDATE county SET name = ?, short_name = ?, prefecture = ?, province = ?, assisted = ?, version = ? "
        "WHERE county_code = ?",
        next.name, next.short_name, next.prefecture, next.province, next.assisted, next.version,
        next.code.text());
    write_former_codes(session, next);
    database::append_change(session, subject_of(next.code), database::details_changed, stored->canonical(),
                            author.account);
    Announcement announcement;
    announcement.counties.push_back(next);
    conclude(session, announcement);
    return next.code;
}

Result<Written<PairingId>> MysqlCatalogStore::write_pairing(Session& session, const Pairing& pairing) {
    auto written = pairing;
    if (const auto id = insert_pairing(session, pairing)) {
        written.id = *id;
        Announcement announcement;
        announcement.pairings.push_back(written);
        conclude(session, announcement);
        return Written<PairingId>{*id, true};
    }
    const auto known = find_pairing(session, pairing);
    if (!known) throw std::logic_error{"a pairing is there and is not"};
    written.id = known->id;
    written.version = known->version;
    if (written != *known) return pairing_exists();
    return Written<PairingId>{known->id, false};
}

Result<PairingId> MysqlCatalogStore::correct_pairing(Session& session, PairingId id, const Pairing& wanted,
                                                     std::optional<int> current, const Author& author) {
    const auto stored = read_pairing(session, id);
    if (!stored) return pairing_unknown();
    if (current && *current != stored->version) return version_stale("pairing");
    auto next = wanted;
    next.id = id;
    next.version = stored->version;
    if (next == *stored) return id;
    next.version += 1;
    if (!update_pairing(session, next)) return pairing_exists();
    database::append_change(session, subject_of(id), database::details_changed, stored->canonical(),
                            author.account);
    Announcement announcement;
    announcement.pairings.push_back(std::move(next));
    conclude(session, announcement);
    return id;
}

CatalogStore::Awaitable<Written<CountyCode>> MysqlCatalogStore::register_county(Valid<County> county) {
    return database::transact_telling(
        pool_, committed_,
        [this, county = std::move(county)](Session& session) { return write_county(session, *county); });
}

CatalogStore::Awaitable<CountyCode> MysqlCatalogStore::change_county(Valid<County> wanted,
                                                                     std::optional<int> current,
                                                                     Author author) {
    return database::transact_telling(pool_, committed_,
                                      [this, wanted = std::move(wanted), current, author](Session& session) {
                                          return correct_county(session, *wanted, current, author);
                                      });
}

CatalogStore::Awaitable<Written<PairingId>> MysqlCatalogStore::declare_pairing(Valid<Pairing> pairing) {
    return database::transact_telling(
        pool_, committed_,
        [this, pairing = std::move(pairing)](Session& session) { return write_pairing(session, *pairing); });
}

CatalogStore::Awaitable<PairingId> MysqlCatalogStore::change_pairing(PairingId pairing, Valid<Pairing> wanted,
                                                                     std::optional<int> current,
                                                                     Author author) {
    return database::transact_telling(
        pool_, committed_, [this, pairing, wanted = std::move(wanted), current, author](Session& session) {
            return correct_pairing(session, pairing, *wanted, current, author);
        });
}

}  // namespace shanhai::catalog
