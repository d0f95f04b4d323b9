#include "vocabulary/line_faults.hpp"

#include <algorithm>

namespace shanhai {

void LineFaults::add(LineFault fault) {
    lines_.insert(fault.line);
    forbidden_ = forbidden_ || fault.code == "not-your-merchant";
    faults_.push_back(std::move(fault));
}

void LineFaults::add(std::size_t line, const Error& error, ColumnOf column_of) {
    if (error.fields().empty()) add({line, "", error.code(), error.message()});
    for (const auto& field : error.fields()) {
        add({line, column_of(field.pointer), error.code(), field.detail});
    }
}

std::vector<LineFault> LineFaults::told() const {
    auto told = faults_;
    std::ranges::stable_sort(told, {}, &LineFault::line);
    if (told.size() > told_max) told.resize(told_max);
    return told;
}

}  // namespace shanhai
