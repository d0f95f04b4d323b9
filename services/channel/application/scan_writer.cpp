#include "channel/application/scan_writer.hpp"

#include "chassis/observe/log.hpp"

namespace shanhai::channel {

void ScanWriter::write() {
    const auto flushed = flush_.flush();
    const auto dropped = counts_.dropped();
    dropped_.add(static_cast<double>(dropped - dropped_reported_));
    dropped_reported_ = dropped;
    if (!flushed) observe::log_warning("scans-not-flushed", flushed.error().message());
}

}  // namespace shanhai::channel
