#pragma once

#include "catalog/domain/merchant.hpp"
#include "chassis/http/message.hpp"

namespace shanhai::catalog {

/// Who writes here: the operator for everybody, a merchant's own people for their own. Whether they may at
/// all the gate has decided.
Author author_of(const http::Request& request);

/// A certifier who is neither operator nor merchant (403 `duties-not-separate`): who sells does not judge.
/// Accounts cannot have both roles; one from before that rule may.
Result<Author> certifier_of(const http::Request& request);

}  // namespace shanhai::catalog
