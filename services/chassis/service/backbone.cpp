#include "chassis/service/backbone.hpp"

#include "chassis/events/findings.hpp"

#include <algorithm>

namespace shanhai::chassis {
namespace {

constexpr std::chrono::seconds database_patience{60};

}  // namespace

Backbone::Backbone(Host& host, std::string service, const database::Schema& schema)
    : host_{host}, service_{std::move(service)}, pool_{host.database_of(service_)} {
    must(database::migrate(pool_, schema, database_patience));
}

void Backbone::tell_facts(std::vector<std::string> passed_on) {
    relay_.emplace(pool_, service_, host_.redis());
    runners_.add(service_ + " relay", *relay_);
    auto behind = [this, passed_on = std::move(passed_on)] {
        std::chrono::milliseconds oldest{0};
        for (const auto& producer : passed_on) oldest = std::max(oldest, age_of(producer));
        return oldest;
    };
    events::mount_feed(host_.internal, pool_, service_, host_.secrets.read("internal_feed"), behind);
    events::report_relay(host_.health, service_, *relay_);
}

void Backbone::facts_committed() {
    if (relay_) relay_->wake();
}

events::ConsumerOptions Backbone::learning_from(std::initializer_list<std::string> producers) const {
    return host_.consumer_of(service_, producers);
}

void Backbone::learn_facts(events::ConsumerOptions options, events::Lessons lessons,
                           events::Consumer::Applied applied) {
    options.learns = lessons.wanted();
    options.apply_together = [lessons](database::Session& session, std::span<const events::Told> told) {
        lessons.apply(session, told);
    };
    auto apply = [lessons = std::move(lessons)](database::Session& session, const events::Frame& frame,
                                                const events::Event& event) {
        lessons.apply(session, frame, event);
    };
    consumer_.emplace(pool_, std::move(options), std::move(apply), std::move(applied));
    runners_.add(service_ + " consumer", *consumer_);
    events::report_consumer(host_.health, service_, *consumer_);
}

std::chrono::milliseconds Backbone::age_of(std::string_view producer) const {
    if (!consumer_) throw std::logic_error{service_ + " learns no facts"};
    return consumer_->age(producer);
}

}  // namespace shanhai::chassis
