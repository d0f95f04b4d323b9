#pragma once

#include "chassis/filter_program.hpp"
#include "vocabulary/result.hpp"

#include <string>

namespace shanhai::certification {

/// A catalogue as a PDF to print and hang out, drawn by shanhai-typesetter (services/typesetter): what draws
/// text takes megabytes of every process that has it, for something that is asked for a few times a year.
class CataloguePdf {
public:
    /// `programs`: where shanhai-typesetter is; empty: the folder of this process's own program.
    explicit CataloguePdf(const std::filesystem::path& programs);

    /// `content`: an edition's own bytes. The same have the same pages. Takes seconds for a long one. Fails
    /// with 503 `typesetter-unavailable`.
    Result<std::string> of(const std::string& content) const;

private:
    chassis::FilterProgram program_;
};

}  // namespace shanhai::certification
