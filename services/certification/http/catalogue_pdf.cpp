#include "certification/http/catalogue_pdf.hpp"

#include "chassis/observe/log.hpp"

namespace shanhai::certification {
namespace {

/// The longest edition has some 5,000 pages and takes a tenth of either.
constexpr std::chrono::seconds limit{60};
constexpr std::size_t output_max = 256UL * 1024 * 1024;

}  // namespace

CataloguePdf::CataloguePdf(const std::filesystem::path& programs)
    : program_{programs, "shanhai-typesetter", limit, output_max} {}

Result<std::string> CataloguePdf::of(const std::string& content) const {
    auto run = program_.run(content);
    if (run.end == chassis::Filtered::End::exited && run.code == 0) return std::move(run.output);
    if (run.end != chassis::Filtered::End::not_started) {
        observe::log_limited("typesetter-ended", run.end == chassis::Filtered::End::exited
                                                     ? "with " + std::to_string(run.code)
                                                     : std::string{"beyond what drawing may cost"});
    }
    return Error{Failure::unavailable, "typesetter-unavailable", "no pages can be drawn now"};
}

}  // namespace shanhai::certification
