#include "certification/http/drawings.hpp"

#include <algorithm>

namespace shanhai::certification {

Drawings::Body Drawings::find(EditionId edition, std::string_view form) const {
    const std::lock_guard lock{mutex_};
    const auto found = std::ranges::find_if(
        kept_, [&](const Drawing& one) { return one.edition == edition && one.form == form; });
    return found == kept_.end() ? nullptr : found->body;
}

Drawings::Body Drawings::keep(EditionId edition, std::string_view form, std::string body) {
    auto shared = std::make_shared<const std::string>(std::move(body));
    const auto size = shared->size();
    if (size > bytes_max_ || find(edition, form)) return shared;  // Two may have drawn it at once.
    const std::lock_guard lock{mutex_};
    while (bytes_ + size > bytes_max_) {
        bytes_ -= kept_.front().body->size();
        kept_.pop_front();
    }
    kept_.push_back({edition, form, shared});
    bytes_ += size;
    return shared;
}

}  // namespace shanhai::certification
