#pragma once

#include "chassis/security/key_ring.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace shanhai::security {

/// A folder of files, one secret each, readable by its owner only. Files are made once by
/// `shanhai secrets` and never overwritten.
class Secrets {
public:
    explicit Secrets(std::filesystem::path folder) : folder_{std::move(folder)} {}

    /// The file's bytes without a last line break. Throws std::runtime_error that names the file and what to
    /// do when it is missing, empty or open to others than its owner.
    std::string read(const std::string& name) const;
    /// Stores `content` unless the file exists, and says whether it did. The file appears whole or not at
    /// all, also when several processes try at once. Throws std::runtime_error when it cannot be written.
    bool make_once(const std::string& name, const std::string& content) const;
    /// The 32 bytes of a file that holds them in base64; throws as read() does.
    std::string key(const std::string& name) const;
    bool exists(const std::string& name) const;
    /// The key `name` and, while it is being replaced, the one in the file "<name>_also".
    KeyRing ring(const std::string& name) const;
    /// What the file holds, or nothing when there is none.
    std::string read_optional(const std::string& name) const { return exists(name) ? read(name) : ""; }

private:
    std::filesystem::path folder_;
};

/// Makes what is missing of the platform's secrets: signing keys, MAC
/// keys, the first passwords, and "database_<service>", "database_<service>_owner",
/// "facts_<service>" for each of `services`. The folder
/// becomes 0700, its files 0600. Returns the names of the files made now, never their contents. Throws
/// std::runtime_error.
std::vector<std::string> make_platform_secrets(const std::filesystem::path& folder,
                                               const std::vector<std::string>& services);

/// A random password that a person can type: four groups of four letters and digits without look-alikes
/// ("k7wm-3fqx-…"), 79 bits.
std::string typable_password();

}  // namespace shanhai::security
