#pragma once

#include "chassis/files/file.hpp"
#include "chassis/filter_program.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace shanhai::files {

/// Has a picture decoded by a process of its own (services/pictures), which a hostile file can at worst end.
class PictureProcess {
public:
    /// `programs`: where shanhai-pictures is; empty: the folder of this process's own program.
    explicit PictureProcess(const std::filesystem::path& programs,
                            std::chrono::seconds limit = std::chrono::seconds{30});

    /// The forms that were made of it. Blocks for up to the limit. Fails with 422 `not-readable`,
    /// `too-many-pixels` or `too-costly` for what is wrong with the picture, and with 503
    /// `pictures-unavailable` when the process cannot be started.
    Result<std::vector<MadeForm>> make(std::string_view picture) const;

private:
    chassis::FilterProgram program_;
};

/// What the process wrote; nothing when it broke off or is not what pictures/forms.hpp says.
std::optional<std::vector<MadeForm>> forms_in(std::string_view output);

}  // namespace shanhai::files
