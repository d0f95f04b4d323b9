#include "chassis/observe/health.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace shanhai::observe {

void Health::check(std::string name, bool degraded_only, std::function<Finding()> look) {
    const std::lock_guard lock{mutex_};
    checks_.push_back({std::move(name), degraded_only, std::move(look)});
}

void Health::mount(http::Router& router) {
    router.on_quick(http::Method::get, "/livez", [](const http::Request&) {
        http::Response alive;
        alive.body = R"({"status":"alive"})";
        return alive;
    });
    router.on_quick(http::Method::get, "/readyz", [this](const http::Request&) { return readiness(); });
}

http::Response Health::readiness() {
    std::vector<Check> checks;
    {
        const std::lock_guard lock{mutex_};
        checks = checks_;
    }
    bool ready = !draining_;
    bool degraded = false;
    boost::json::array findings;
    for (const auto& check : checks) {
        const auto finding = check.look();
        boost::json::object told;
        told["name"] = check.name;
        told["good"] = finding.good;
        told["detail"] = finding.detail;
        findings.push_back(std::move(told));
        if (finding.good) continue;
        (check.degraded_only ? degraded : ready) = check.degraded_only;
    }
    boost::json::object body;
    body["status"] = draining_ ? "draining" : !ready ? "unready" : degraded ? "degraded" : "ready";
    body["checks"] = std::move(findings);
    http::Response response;
    response.status = ready ? 200 : 503;
    response.body = boost::json::serialize(body);
    return response;
}

}  // namespace shanhai::observe
