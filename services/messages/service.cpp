#include "messages/service.hpp"

#include "chassis/service/backbone.hpp"
#include "messages/application/reminders.hpp"
#include "messages/events/learned.hpp"
#include "messages/http/message_routes.hpp"
#include "messages/store/message_rows.hpp"

namespace shanhai::messages {
namespace {

class Messages {
public:
    explicit Messages(chassis::Backbone& backbone)
        : cursors_{backbone.secrets().key("cursor")}, inbox_{backbone.pool()}, reminders_{backbone.pool()} {
        backbone.mount(routes_);
        auto learning = backbone.learning_from({"identity", "catalog", "certification", "trace"});
        learning.trust_changed = deliver_all;  // Of whom nobody knows the seller, that is kept.
        backbone.learn_facts(std::move(learning), lessons(), [] {});
        backbone.run(reminders_);
    }

private:
    http::Cursors cursors_;
    Inbox inbox_;
    Reminders reminders_;
    MessageRoutes routes_{inbox_, cursors_};
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<chassis::Wired<Messages>>(host, "messages", schema());
}

}  // namespace shanhai::messages
