#pragma once

#include "chassis/database/pool.hpp"
#include "chassis/events/frame.hpp"
#include "chassis/events/subject.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace shanhai::events {

// Facts that a service could not apply (table `set_aside`). One of them must not end everything else: it is
// kept with its reason, and the service trusts what the fact is about no more, until a later fact of the same
// type and subject is applied, or a human has it tried again or closed (`shanhai events`).

/// A fact that waits in the table.
struct SetAside {
    std::uint64_t id = 0;
    std::string producer;
    std::uint64_t seq = 0;
    Instant at{};
    Event event;
    std::string subject;  ///< "sku_id 17".
    std::string reason;

    /// For people: "OfferPublished of sku_id 17 (frame 5): …".
    std::string text() const;
};

/// Puts the fact aside, in place of an earlier one of the same type and subject. Returns its id.
std::uint64_t set_aside(database::Session& session, const Frame& frame, const Event& event,
                        const Subject& subject, const std::string& reason);

/// The facts that wait, of one producer or of all, oldest first; at most 1,000.
std::vector<SetAside> waiting_facts(database::Session& session, const std::string& producer);
std::vector<SetAside> waiting_facts(database::Session& session);

/// All that waits of one producer, by type and subject ("sku_id 17"): which fact it is.
using WaitingSubjects = std::map<std::pair<std::string, std::string>, std::uint64_t>;
WaitingSubjects waiting_subjects(database::Session& session, const std::string& producer);

/// Ends the waiting of a fact, and says who ended it and why.
void close_fact(database::Session& session, std::uint64_t id, const std::string& who,
                const std::string& reason);

/// What cannot be trusted now: the values of `field` in all waiting facts of that type, as texts.
std::set<std::string> untrusted(database::Session& session, std::string_view type, const std::string& field);
/// The same for one value.
bool is_untrusted(database::Session& session, std::string_view type, const std::string& field,
                  const std::string& value);

/// What a human may ask for.
enum class Wish { retry, close };
/// Has the running service try a waiting fact again, or close it, at its next look (5 s). Fails with
/// `not-set-aside` or `validation-failed`.
Result<Done> wish(database::Pool& pool, std::uint64_t id, Wish wish, const std::string& who,
                  const std::string& reason);

/// A wish that is to be fulfilled.
struct Wished {
    SetAside fact;
    Wish wish = Wish::retry;
    std::string who;
    std::string reason;
    bool ours = false;  ///< The fact carries our seal; else somebody else wrote or changed the row.
};
std::vector<Wished> wished_facts(database::Session& session, const std::string& producer);
/// The fact could not be applied this time either.
void note_failed_retry(database::Session& session, std::uint64_t id, const std::string& reason);

}  // namespace shanhai::events
