#include "catalog/domain/organisation.hpp"

namespace shanhai::catalog {
namespace {

constexpr std::string_view sample_mark = "（示例）";

}  // namespace

std::string_view Organisation::proper_name() const {
    std::string_view proper{name};
    if (proper.ends_with(sample_mark)) proper.remove_suffix(sample_mark.size());
    return proper;
}

}  // namespace shanhai::catalog
