#include "identity/events/withdrawals.hpp"

#include "chassis/events/frame.hpp"

#include <shanhai/event/v1/identity.pb.h>

namespace shanhai::identity {

void publish_withdrawn(database::Session& session, const Withdrawal& withdrawal) {
    event::v1::TokensWithdrawn fact;
    fact.set_account_id(number(withdrawal.account));
    fact.set_session_id(withdrawal.session);
    fact.set_sessions_through(withdrawal.through);
    fact.set_session_spared(withdrawal.spared);
    events::publish(session, {events::Event::of(fact)});
}

}  // namespace shanhai::identity
