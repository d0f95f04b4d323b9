#include "chassis/security/operations.hpp"

#include <algorithm>

namespace shanhai::security {

const Operation* find_operation(Port port, std::string_view method, std::string_view path) {
    const auto all = operations();
    const auto found = std::ranges::find_if(all, [&](const Operation& one) {
        return (one.port == port || one.port == Port::both_) && one.method == method && one.path == path;
    });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace shanhai::security
