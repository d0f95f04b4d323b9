#pragma once

#include <filesystem>
#include <string>

namespace shanhai::security {

/// A folder of files, one secret each, readable by its owner only. Files are made once by
/// `shanhai secrets` and never overwritten.
class Secrets {
public:
    explicit Secrets(std::filesystem::path folder) : folder_{std::move(folder)} {}

    /// The file's bytes without a last line break. Throws std::runtime_error that names the file and what to
    /// do when it is missing or others may read it.
    std::string read(const std::string& name) const;
    /// Whether it had to be made: 32 random bytes in base64, or what `make` returns.
    bool make_once(const std::string& name, const std::string& content) const;
    /// The 32 bytes of a file that holds them in base64.
    std::string key(const std::string& name) const;

private:
    std::filesystem::path folder_;
};

}  // namespace shanhai::security
