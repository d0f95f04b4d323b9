#pragma once

#include "chassis/database/migrations.hpp"
#include "chassis/events/lessons.hpp"
#include "chassis/service/runners.hpp"
#include "chassis/service/service.hpp"

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace shanhai::chassis {

/// What every service stands on: its pool and migrated schema; the relay of the facts that it tells, the
/// consumer of those that it learns, what /readyz says of both; and everything else that runs. Its methods
/// are the words of a wiring diagram (see Wired). tell_facts, learn_facts and run are called in the order in
/// which things are to start, and these stop in the reverse: the relay first and last.
class Backbone {
public:
    /// Migrates the schema, for which it waits a minute for the database. Throws std::runtime_error.
    Backbone(Host& host, std::string service, const database::Schema& schema);
    ~Backbone() { stop(); }
    Backbone(const Backbone&) = delete;
    Backbone& operator=(const Backbone&) = delete;

    Host& host() { return host_; }
    const config::Settings& settings() const { return host_.settings; }
    const security::Secrets& secrets() const { return host_.secrets; }
    const std::string& service() const { return service_; }
    database::Pool& pool() { return pool_; }

    /// Tells the facts of the outbox: by a relay, and by the feed on the internal port. What these producers
    /// tell is passed on with ours (an offer carries its certifications): while it is not heard, ours are
    /// old, too.
    void tell_facts(std::vector<std::string> passed_on = {});
    /// Facts were committed: the relay looks now instead of at its next tick. From any thread.
    void facts_committed();

    /// For learn_facts, with what every consumer of this service needs.
    events::ConsumerOptions learning_from(std::initializer_list<std::string> producers) const;
    void learn_facts(events::ConsumerOptions options, events::Lessons lessons,
                     events::Consumer::Applied applied);
    /// Of what was learnt from a producer; see events::Consumer::age.
    std::chrono::milliseconds age_of(std::string_view producer) const;

    template <class... Routes>
    void mount(Routes&... routes) {
        (routes.mount(host_.router), ...);
    }
    /// Starts these, in this order, after everything before, and stops them before it. They are parts of the
    /// diagram: whatever has stop(), and start() unless it runs from when it is made.
    template <class... Runner>
    void run(Runner&... runners) {
        (runners_.add(service_, runners), ...);
    }

    /// What a service cannot begin without. Throws std::runtime_error with the service's name.
    template <class T>
    T must(Result<T> result) const {
        if (!result) throw std::runtime_error{service_ + ": " + result.error().message()};
        return std::move(*result);
    }

    /// Everything runs, or, when it throws, nothing.
    void start() { runners_.start(); }
    void stop() noexcept { runners_.stop(); }

private:
    Host& host_;
    const std::string service_;
    database::Pool pool_;
    std::optional<events::Relay> relay_;
    std::optional<events::Consumer> consumer_;
    Runners runners_;  // Last: what it stops uses all the rest.
};

/// A service whose wiring diagram is the class Diagram: its members are its parts, its constructor takes the
/// Backbone and connects them to it.
template <class Diagram>
class Wired final : public Service {
public:
    Wired(Host& host, std::string name, const database::Schema& schema)
        : backbone_{host, std::move(name), schema}, diagram_{backbone_} {}
    /// What runs uses parts of the diagram, which die before the backbone.
    ~Wired() override { backbone_.stop(); }

    std::string_view name() const override { return backbone_.service(); }
    void start() override { backbone_.start(); }
    void stop() override { backbone_.stop(); }

private:
    Backbone backbone_;
    Diagram diagram_;
};

}  // namespace shanhai::chassis
