#include "certification/domain/known.hpp"

namespace shanhai::certification {
namespace {

constexpr std::string_view sample_mark = "（示例）";

}  // namespace

std::string_view Organisation::proper_name() const {
    std::string_view proper{name};
    if (proper.ends_with(sample_mark)) proper.remove_suffix(sample_mark.size());
    return proper;
}

std::optional<Error> fault_of_judging(const KnownProduct& product, const Author& author) {
    if (author.organisation == OrganisationId{} || author.organisation != product.owner) return std::nullopt;
    return Error{Failure::forbidden, "duties-not-separate", "nobody certifies the goods of their own house"};
}

}  // namespace shanhai::certification
