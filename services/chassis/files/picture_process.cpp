#include "chassis/files/picture_process.hpp"

#include "chassis/observe/log.hpp"

#include <charconv>
#include <optional>

namespace shanhai::files {
namespace {

/// More than all forms of the largest picture have.
constexpr std::size_t output_max = 64UL * 1024 * 1024;

/// How shanhai-pictures says what is wrong (pictures/forms.hpp).
constexpr int said_not_a_picture = 3;
constexpr int said_too_many_pixels = 4;

Error refusal(std::string code) {
    const std::string meaning{meaning_of(code)};
    return Error{Failure::invalid, std::move(code), meaning};
}
Error unavailable() {
    return Error{Failure::unavailable, "pictures-unavailable", "no picture can be looked at now"};
}

/// What its end says is wrong with the picture; nothing: it made all forms.
std::optional<Error> fault_in(const chassis::Filtered& run) {
    if (run.end == chassis::Filtered::End::not_started) return unavailable();
    if (run.end == chassis::Filtered::End::too_costly) return refusal("too-costly");
    switch (run.code) {
        case 0:
            return std::nullopt;
        case said_not_a_picture:
            return refusal("not-readable");
        case said_too_many_pixels:
            return refusal("too-many-pixels");
        default:
            observe::log_limited("picture-process-ended", "with " + std::to_string(run.code) +
                                                              " (5: the system would not confine it)");
            return unavailable();
    }
}

/// The next word before `end`, taken off; nothing when there is none.
std::optional<std::string_view> word_before(std::string_view& text, char end) {
    const auto at = text.find(end);
    if (at == text.npos || at == 0) return std::nullopt;
    const auto word = text.substr(0, at);
    text.remove_prefix(at + 1);
    return word;
}

std::optional<std::int64_t> number_before(std::string_view& text, char end) {
    const auto word = word_before(text, end);
    if (!word) return std::nullopt;
    std::int64_t number = 0;
    const auto [rest, failed] = std::from_chars(word->data(), word->data() + word->size(), number);
    if (failed != std::errc{} || rest != word->data() + word->size() || number < 1) return std::nullopt;
    return number;
}

std::optional<MadeForm> form_in(std::string_view& output) {
    const auto name = word_before(output, ' ');
    const auto media_type = name ? word_before(output, ' ') : std::nullopt;
    const auto width = media_type ? number_before(output, ' ') : std::nullopt;
    const auto height = width ? number_before(output, ' ') : std::nullopt;
    const auto size = height ? number_before(output, '\n') : std::nullopt;
    if (!size || static_cast<std::size_t>(*size) > output.size()) return std::nullopt;
    MadeForm made{{std::string{*name}, std::string{*media_type}, *width, *height, *size},
                  std::string{output.substr(0, static_cast<std::size_t>(*size))}};
    output.remove_prefix(static_cast<std::size_t>(*size));
    return made;
}

}  // namespace

PictureProcess::PictureProcess(const std::filesystem::path& programs, std::chrono::seconds limit)
    : program_{programs, "shanhai-pictures", limit, output_max} {}

Result<std::vector<MadeForm>> PictureProcess::make(std::string_view picture) const {
    const auto run = program_.run(picture);
    if (auto fault = fault_in(run)) return *fault;
    auto forms = forms_in(run.output);
    if (!forms) return refusal("not-readable");
    return std::move(*forms);
}

std::optional<std::vector<MadeForm>> forms_in(std::string_view output) {
    std::vector<MadeForm> forms;
    while (!output.empty()) {
        auto form = form_in(output);
        if (!form) return std::nullopt;
        forms.push_back(std::move(*form));
    }
    if (forms.empty()) return std::nullopt;
    return forms;
}

}  // namespace shanhai::files
