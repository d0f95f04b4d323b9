#include "chassis/security/principal.hpp"

#include <algorithm>

namespace shanhai::security {

bool Principal::has(std::string_view role) const { return std::ranges::find(roles, role) != roles.end(); }

}  // namespace shanhai::security
