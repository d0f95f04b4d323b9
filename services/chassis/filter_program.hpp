#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace shanhai::chassis {

/// How a run of a FilterProgram ended.
struct Filtered {
    /// too_costly: it took too long, wrote too much, or the system ended it at one of its own limits.
    enum class End { exited, too_costly, not_started };

    End end;
    int code;  ///< Its exit status, when it exited.
    std::string output;
};

/// A program of the platform's own that makes bytes of bytes, from its standard input to its standard output:
/// for libraries that are too large, or too likely to break, to be inside a server. It inherits no file, no
/// connection and no environment.
class FilterProgram {
public:
    /// `name` in `folder`; an empty one is the folder of this process's own program.
    FilterProgram(const std::filesystem::path& folder, const std::string& name, std::chrono::seconds limit,
                  std::size_t output_max);

    /// Blocks for up to the limit. From any thread.
    Filtered run(std::string_view input) const;

private:
    std::string program_;
    std::chrono::seconds limit_;
    std::size_t output_max_;
};

}  // namespace shanhai::chassis
