#include "chassis/service/backbone.hpp"
#include "support/service_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

namespace shanhai::chassis {
namespace {

using testing::ElementsAre;

std::vector<std::string> done;  // Of the diagrams below, in order.

class Part {
public:
    explicit Part(std::string name, bool throws = false) : name_{std::move(name)}, throws_{throws} {}
    ~Part() { done.push_back("end " + name_); }
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;

    void start() {
        done.push_back("start " + name_);
        if (throws_) throw std::runtime_error{name_ + " cannot start"};
    }
    void stop() { done.push_back("stop " + name_); }

private:
    std::string name_;
    bool throws_;
};

/// Tells and learns, as most services do.
struct Usual {
    explicit Usual(Backbone& backbone) {
        backbone.tell_facts();
        backbone.run(first, second);
        backbone.learn_facts(backbone.learning_from({"catalog"}), {}, [] {});
    }
    Part first{"first"};
    Part second{"second"};
};

struct Stumbling {
    explicit Stumbling(Backbone& backbone) {
        backbone.tell_facts();
        backbone.run(first, second, third);
    }
    Part first{"first"};
    Part second{"second", true};
    Part third{"third"};
};

struct Unbuildable {
    explicit Unbuildable(Backbone& backbone) {
        backbone.tell_facts();
        backbone.run(first);
        backbone.must(Result<Done>{Error{Failure::unavailable, "no-goods", "There are no goods."}});
    }
    Part first{"first"};
};

struct Quiet {
    explicit Quiet(Backbone&) {}
};

struct Knowing {
    explicit Knowing(Backbone& backbone) { (void)backbone.age_of("catalog"); }
};

template <class Diagram>
std::unique_ptr<Service> make(Host& host, const database::Schema& schema = {}) {
    return std::make_unique<Wired<Diagram>>(host, "trace", schema);
}

class BackboneTest : public testing::Test {
protected:
    BackboneTest() { done.clear(); }

    /// The sentence with which it refuses to run.
    std::string refusal(const support::ServiceHost::Make& made) {
        try {
            host_.run(made);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "";
    }

    support::ServiceHost host_{"trace"};
};

TEST_F(BackboneTest, StopsInTheReverseOrderBeforeAnyPartDies) {
    host_.run([](Host& host) { return make<Usual>(host); });
    host_.stop();
    EXPECT_THAT(done, ElementsAre("start first", "start second", "stop second", "stop first", "end second",
                                  "end first"));
}

TEST_F(BackboneTest, StopsWhenNobodyStoppedIt) {
    host_.run([](Host& host) {
        auto abandoned = make<Usual>(host);
        abandoned->start();
        abandoned.reset();
        EXPECT_THAT(done, ElementsAre("start first", "start second", "stop second", "stop first",
                                      "end second", "end first"));
        return make<Quiet>(host);
    });
}

TEST_F(BackboneTest, StopsWhatItStartedWhenTheRestCannotStart) {
    EXPECT_EQ(refusal([](Host& host) { return make<Stumbling>(host); }), "second cannot start");
    EXPECT_THAT(done, ElementsAre("start first", "start second", "stop second", "stop first"));
}

TEST_F(BackboneTest, StartsNothingThatCouldNotBeBuilt) {
    EXPECT_EQ(refusal([](Host& host) { return make<Unbuildable>(host); }), "trace: There are no goods.");
    EXPECT_THAT(done, ElementsAre("end first"));
}

TEST_F(BackboneTest, SaysWhichServiceCouldNotBeMigrated) {
    const database::Schema schema{{"0001_wrong", "CREATE TABLE IF NOT EXISTS;\n"}};
    const auto said = refusal([&](Host& host) { return make<Usual>(host, schema); });
    EXPECT_TRUE(said.starts_with("trace: ")) << said;
    EXPECT_THAT(done, ElementsAre());
}

TEST_F(BackboneTest, KnowsNoAgeOfWhatItDoesNotLearn) {
    EXPECT_THROW(host_.run([](Host& host) { return make<Knowing>(host); }), std::logic_error);
}

}  // namespace
}  // namespace shanhai::chassis
