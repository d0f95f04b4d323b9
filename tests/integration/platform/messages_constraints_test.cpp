#include "integration/platform/checks.hpp"
#include "messages/service.hpp"

namespace shanhai {
namespace {

using namespace checks;

TEST(Checks, OfMessagesAreReachedByNoRequest) {
    ServiceHost host{"messages"};
    host.run(messages::make_service);
    expect_all(host, {}, {{"numbering.numbering_is_one_row", "no request names it"}});
}

}  // namespace
}  // namespace shanhai
