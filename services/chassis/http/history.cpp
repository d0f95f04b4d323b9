#include "chassis/http/history.hpp"

namespace shanhai {

boost::json::object json_of(const Change& change) {
    return {{"what", change.what},
            {"was", change.was},
            {"at", rfc3339(change.at)},
            {"by_account", number(change.by)}};
}

}  // namespace shanhai
