#pragma once

#include "support/servers.hpp"

#include <string>

namespace shanhai::support {

/// A key and a certificate for 127.0.0.1 that it signs itself, in files that live as long as
/// this. Throws std::runtime_error when they cannot be made.
class Certificate {
public:
    Certificate();

    std::string certificate_file() const { return folder_.path() / "certificate.pem"; }
    std::string key_file() const { return folder_.path() / "key.pem"; }

private:
    PrivateFolder folder_;
};

}  // namespace shanhai::support
