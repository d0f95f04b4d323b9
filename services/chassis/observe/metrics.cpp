#include "chassis/observe/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <mutex>
#include <vector>

namespace shanhai::observe {
namespace {

class PrometheusCounter final : public Metrics::Counter {
public:
    explicit PrometheusCounter(prometheus::Counter& counter) : counter_{counter} {}
    void add(double amount) override { counter_.Increment(amount); }

private:
    prometheus::Counter& counter_;
};

class PrometheusHistogram final : public Metrics::Histogram {
public:
    explicit PrometheusHistogram(prometheus::Histogram& histogram) : histogram_{histogram} {}
    void observe(double value) override { histogram_.Observe(value); }

private:
    prometheus::Histogram& histogram_;
};

std::string key_of(const std::string& name, const Labels& labels) {
    auto key = name;
    for (const auto& [label, value] : labels) key += '\0' + label + '\0' + value;
    return key;
}

prometheus::Histogram::BucketBoundaries latency_buckets() {
    return {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

}  // namespace

class Metrics::Impl {
public:
    struct Gauge {
        std::string name;
        std::string help;
        Labels labels;
        std::function<double()> read;
    };

    std::mutex mutex;
    prometheus::Registry registry;
    std::map<std::string, std::unique_ptr<PrometheusCounter>> counters;
    std::map<std::string, std::unique_ptr<PrometheusHistogram>> histograms;
    std::map<std::string, Gauge>
        gauges;  // By key: a later registration of the same gauge replaces the earlier.
};

Metrics::Metrics() : impl_{std::make_unique<Impl>()} {}
Metrics::~Metrics() = default;

Metrics::Counter& Metrics::counter(const std::string& name, const std::string& help, const Labels& labels) {
    const std::lock_guard lock{impl_->mutex};
    auto& slot = impl_->counters[key_of(name, labels)];
    if (!slot) {
        auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(impl_->registry);
        slot = std::make_unique<PrometheusCounter>(family.Add(labels));
    }
    return *slot;
}

Metrics::Histogram& Metrics::seconds(const std::string& name, const std::string& help, const Labels& labels) {
    const std::lock_guard lock{impl_->mutex};
    auto& slot = impl_->histograms[key_of(name, labels)];
    if (!slot) {
        auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(impl_->registry);
        slot = std::make_unique<PrometheusHistogram>(family.Add(labels, latency_buckets()));
    }
    return *slot;
}

void Metrics::gauge(const std::string& name, const std::string& help, const Labels& labels,
                    std::function<double()> read) {
    const std::lock_guard lock{impl_->mutex};
    impl_->gauges[key_of(name, labels)] = {name, help, labels, std::move(read)};
}

std::string Metrics::render() const {
    auto families = impl_->registry.Collect();
    std::vector<Impl::Gauge> gauges;
    {
        const std::lock_guard lock{impl_->mutex};
        for (const auto& [key, gauge] : impl_->gauges) gauges.push_back(gauge);
    }
    std::map<std::string, prometheus::MetricFamily> by_name;
    for (const auto& gauge : gauges) {
        auto& family = by_name[gauge.name];
        family.name = gauge.name;
        family.help = gauge.help;
        family.type = prometheus::MetricType::Gauge;
        prometheus::ClientMetric metric;
        for (const auto& [label, value] : gauge.labels) metric.label.push_back({label, value});
        metric.gauge.value = gauge.read();
        family.metric.push_back(std::move(metric));
    }
    for (auto& [name, family] : by_name) families.push_back(std::move(family));
    return prometheus::TextSerializer{}.Serialize(families);
}

Metrics& Metrics::process() {
    static Metrics metrics;
    return metrics;
}

}  // namespace shanhai::observe
