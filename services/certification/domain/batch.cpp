#include "certification/domain/batch.hpp"

namespace shanhai::certification {

std::optional<Error> Batch::fault(const Scheme& rules, Date today) const {
    if (!rules.by_application) {
        return invalid_field("/scheme", "under that scheme nobody applies here");
    }
    const int this_year{static_cast<int>(std::chrono::year_month_day{today}.year())};
    if (year < this_year || year > this_year + entered_years_early_max) {
        return invalid_field("/year", "a batch is opened for this year or the next");
    }
    if (applications_until <= applications_from) {
        return invalid_field("/applications_until", "the days for applications end after they begin");
    }
    const Date new_year{std::chrono::year{year} / 1 / 1};
    const Date next_year{std::chrono::year{year + 1} / 1 / 1};
    if (valid_from < new_year || valid_from >= next_year) {
        return invalid_field("/valid_from", "what is certified is valid from a day of the batch's year");
    }
    if (valid_to <= valid_from || valid_to > rules.latest_end(year, valid_from)) {
        return invalid_field("/valid_to", "under this scheme a recognition does not last so long");
    }
    if (valid_to <= today || applications_from >= valid_to) {
        return invalid_field("/valid_to", "nobody applies for what is over already");
    }
    return std::nullopt;
}

}  // namespace shanhai::certification
