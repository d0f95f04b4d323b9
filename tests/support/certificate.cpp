#include "support/certificate.hpp"

#include <cstdlib>
#include <stdexcept>

namespace shanhai::support {

Certificate::Certificate() {
    const auto command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test"
        " -addext subjectAltName=IP:127.0.0.1 -keyout '" +
        key_file() + "' -out '" + certificate_file() + "' 2>/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error{"openssl makes no certificate"};
}

}  // namespace shanhai::support
