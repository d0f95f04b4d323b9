#include "newservice/service.hpp"

#include "chassis/service/backbone.hpp"
#include "newservice/http/thing_routes.hpp"
#include "newservice/store/mysql_things.hpp"

namespace shanhai::newservice {
namespace {

class Newservice {
public:
    explicit Newservice(chassis::Backbone& backbone)
        : cursors_{backbone.secrets().key("cursor")}, things_{backbone.pool()} {
        backbone.mount(routes_);
    }

private:
    http::Cursors cursors_;
    MysqlThings things_;
    ThingRoutes routes_{things_, cursors_};
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<chassis::Wired<Newservice>>(host, "newservice", schema());
}

}  // namespace shanhai::newservice
