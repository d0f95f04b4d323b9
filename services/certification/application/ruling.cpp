#include "certification/application/ruling.hpp"

#include "certification/application/case.hpp"
#include "certification/store/application_rows.hpp"
#include "certification/store/known_facts.hpp"
#include "certification/store/scheme_rows.hpp"
#include "chassis/database/telling.hpp"

namespace shanhai::certification {

using database::Session;

namespace {

Error scheme_exists() { return conflict("scheme-exists", "there is a scheme of that code"); }

void tell(Session& session, const Scheme& scheme, const Ruling::Announce& announce) {
    note_told(session, scheme);
    announce(session, scheme);
}

Result<Scheme> rule_in(Session& session, Scheme wanted, std::optional<int> current, const Author& author) {
    const auto house = find_organisation(session, author.organisation);
    if (author.sells || !house || !house->office) {
        return Error{Failure::forbidden, "not-the-authority", "an office makes the rules of its scheme"};
    }
    const auto known = find_scheme(session, wanted.code);
    if (!known && current) return unknown("scheme");
    if (known && !current) return scheme_exists();
    if (known) {
        if (auto fault = fault_of_ruling(*known, &*house)) return *fault;
        if (known->version != *current) return stale("scheme");
        wanted.offices = known->offices;
        wanted.district = known->district;
    } else if (house->county && is_assisted(session, *house->county)) {
        // Under a scheme of its own it would decide on what it recommends.
        return Error{Failure::forbidden, "not-the-authority",
                     "an office of an assisted county recommends goods and makes no scheme"};
    } else {
        wanted.offices = {std::string{house->proper_name()}};
        wanted.district = house->county;
    }
    wanted.version = known ? known->version + 1 : 1;
    if (auto fault = wanted.fault()) return *fault;
    if (!insert_scheme(session, wanted, author.account)) {
        return known ? stale("scheme") : scheme_exists();
    }
    return wanted;
}

Result<Batch> open_batch_in(Session& session, Batch batch, const Author& author) {
    const auto scheme = find_scheme(session, batch.scheme);
    if (!scheme) return invalid_field("/scheme", "there is no such scheme");
    const auto house = find_organisation(session, author.organisation);
    if (auto fault = fault_of_ruling(*scheme, house && !author.sells ? &*house : nullptr)) return *fault;
    batch.scheme_version = scheme->version;
    if (auto fault = batch.fault(*scheme, shanghai_date(session.now()))) return *fault;
    const auto id = insert_batch(session, batch, author.account);
    if (!id) return conflict("batch-exists", "that scheme has a batch of that year");
    batch.id = *id;
    return batch;
}

}  // namespace

Ruling::Awaitable<std::vector<Scheme>> Ruling::schemes(std::string after, std::size_t count) const {
    return pool_.transact([after = std::move(after), count](Session& session) -> Result<std::vector<Scheme>> {
        return certification::schemes(session, after, count);
    });
}

Ruling::Awaitable<Scheme> Ruling::scheme(SchemeCode code) const {
    return pool_.transact([code = std::move(code)](Session& session) -> Result<Scheme> {
        auto found = find_scheme(session, code);
        if (!found) return unknown("scheme");
        return std::move(*found);
    });
}

Result<Done> Ruling::tell_untold() {
    auto told = pool_.transact_blocking([this](Session& session) -> Result<Done> {
        for (const auto& scheme : untold_schemes(session)) tell(session, scheme, announce_);
        return Done{};
    });
    if (told) committed_();
    return told;
}

Ruling::Awaitable<Scheme> Ruling::rule(Scheme wanted, std::optional<int> current, Author author) {
    auto work = [this, wanted = std::move(wanted), current, author](Session& session) {
        auto ruled = rule_in(session, wanted, current, author);
        if (ruled) tell(session, *ruled, announce_);
        return ruled;
    };
    return database::transact_telling(pool_, committed_, std::move(work));
}

Ruling::Awaitable<std::vector<Batch>> Ruling::batches(std::optional<SchemeCode> scheme, BatchId after,
                                                      std::size_t count) const {
    return pool_.transact(
        [scheme = std::move(scheme), after, count](Session& session) -> Result<std::vector<Batch>> {
            return certification::batches(session, scheme, after, count);
        });
}

Ruling::Awaitable<Batch> Ruling::open_batch(Batch batch, Author author) {
    return pool_.transact([batch = std::move(batch), author](Session& session) {
        return open_batch_in(session, batch, author);
    });
}

}  // namespace shanhai::certification
