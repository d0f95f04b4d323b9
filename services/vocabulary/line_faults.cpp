#include "vocabulary/line_faults.hpp"

#include <algorithm>

namespace shanhai {

void LineFaults::add(LineFault fault) {
    lines_.insert(fault.line);
    forbidden_ = forbidden_ || fault.code == "not-your-merchant";
    faults_.push_back(std::move(fault));
    if (faults_.size() >= kept_max) keep_first();
}

void LineFaults::add(std::size_t line, const Error& error, ColumnOf column_of) {
    if (error.fields().empty()) add({line, "", error.code(), error.message()});
    for (const auto& field : error.fields()) {
        add({line, column_of(field.pointer), error.code(), field.detail});
    }
}

std::vector<LineFault> LineFaults::told() const {
    auto told = *this;
    told.keep_first();
    return std::move(told.faults_);
}

void LineFaults::keep_first() {
    std::ranges::stable_sort(faults_, {}, &LineFault::line);
    if (faults_.size() > told_max) faults_.resize(told_max);
}

}  // namespace shanhai
