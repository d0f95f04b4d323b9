#include "vocabulary/line_faults.hpp"

#include <algorithm>

namespace shanhai {

void LineFaults::add(LineFault fault) {
    lines_.insert(fault.line);
    forbidden_ = forbidden_ || fault.code == "not-your-merchant";
    faults_.push_back(std::move(fault));
    if (faults_.size() >= kept_max) keep_first(faults_);
}

void LineFaults::add(std::size_t line, const Error& error, ColumnOf column_of) {
    if (error.fields().empty()) add({line, "", error.code(), error.message()});
    for (const auto& field : error.fields()) {
        add({line, column_of(field.pointer), error.code(), field.detail});
    }
}

std::vector<LineFault> LineFaults::told() const {
    auto told = faults_;
    keep_first(told);
    return told;
}

void LineFaults::keep_first(std::vector<LineFault>& faults) {
    std::ranges::stable_sort(faults, {}, &LineFault::line);
    if (faults.size() > told_max) faults.resize(told_max);
}

}  // namespace shanhai
