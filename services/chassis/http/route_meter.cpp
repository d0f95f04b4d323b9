#include "chassis/http/route_meter.hpp"

#include "chassis/http/router.hpp"

namespace shanhai::http {

RouteMeter::RouteMeter(std::string route) : route_{std::move(route)} {}

observe::Metrics::Counter& RouteMeter::counter_of(Method method, int status) const {
    const observe::Labels labels{
        {"route", route_}, {"method", std::string{name_of(method)}}, {"status", std::to_string(status)}};
    return observe::Metrics::process().counter("http_requests_total", "Requests answered.", labels);
}

void RouteMeter::count(Method method, int status, std::chrono::nanoseconds taken) {
    auto* seconds = seconds_.load(std::memory_order_acquire);
    if (seconds == nullptr) {  // Only routes that are used get a series.
        seconds = &observe::Metrics::process().seconds("http_request_seconds", "Time to answer a request.",
                                                       {{"route", route_}});
        seconds_.store(seconds, std::memory_order_release);
    }
    seconds->observe(std::chrono::duration<double>{taken}.count());

    const int key = status * 16 + static_cast<int>(method);
    for (auto& slot : slots_) {
        int found = slot.key.load(std::memory_order_acquire);
        if (found == 0 && slot.key.compare_exchange_strong(found, key)) found = key;
        if (found != key) continue;
        auto* counter = slot.counter.load(std::memory_order_acquire);
        if (counter == nullptr) {
            counter = &counter_of(method, status);
            slot.counter.store(counter, std::memory_order_release);
        }
        counter->add();
        return;
    }
    counter_of(method, status).add();
}

void count_answer(RouteMeter& meter, Method method, int status, std::chrono::nanoseconds taken) {
    meter.count(method, status, taken);
}

}  // namespace shanhai::http
