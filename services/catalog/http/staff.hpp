#pragma once

#include "catalog/domain/merchant.hpp"
#include "chassis/http/message.hpp"

namespace shanhai::catalog {

/// Who writes here: the operator for everybody, a merchant's own people for their own. Whether they may at
/// all the gate has decided.
Author author_of(const http::Request& request);

}  // namespace shanhai::catalog
