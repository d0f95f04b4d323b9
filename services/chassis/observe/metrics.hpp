#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace shanhai::observe {

using Labels = std::map<std::string, std::string>;

/// The process's metrics in Prometheus text format. Counters end in _total; units are seconds and bytes.
class Metrics {
public:
    Metrics();
    ~Metrics();

    class Counter {
    public:
        virtual ~Counter() = default;
        virtual void add(double amount = 1) = 0;
    };
    class Histogram {
    public:
        virtual ~Histogram() = default;
        virtual void observe(double value) = 0;
    };

    /// Returns the same object for the same name and labels; it lives as long as the Metrics.
    Counter& counter(const std::string& name, const std::string& help, const Labels& labels = {});
    Histogram& seconds(const std::string& name, const std::string& help, const Labels& labels = {});
    /// A gauge read at every scrape. `read` must be safe from any thread, until removed by destroying the
    /// Metrics.
    void gauge(const std::string& name, const std::string& help, const Labels& labels,
               std::function<double()> read);

    std::string render() const;

    /// The one of this process. (The exception to «no singletons»: a measure must not shape every
    /// constructor.)
    static Metrics& process();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace shanhai::observe
