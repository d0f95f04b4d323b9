#pragma once

#include "chassis/events/codec.hpp"
#include "support/service_host.hpp"

#include <vector>

namespace shanhai::support {

/// The facts of one kind that a service's outbox tells of, oldest first.
template <class Fact>
std::vector<Fact> told_facts(ServiceHost& host) {
    std::vector<Fact> facts;
    host.transact([&](database::Session& session) {
        auto rows = session.query("SELECT frame FROM outbox ORDER BY id");
        while (rows.next()) {
            for (const auto& event : events::decode_frame({}, {0, rows.text(0)}).events) {
                Fact fact;
                if (event.read(fact)) facts.push_back(fact);
            }
        }
    });
    return facts;
}

}  // namespace shanhai::support
