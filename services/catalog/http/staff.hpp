#pragma once

#include "catalog/domain/merchant.hpp"
#include "chassis/http/message.hpp"

namespace shanhai::catalog {

/// Who writes here: the operator for everybody, a merchant's own people for their own. Whether they may at
/// all the gate has decided.
Author author_of(const http::Request& request);

/// Whether this reader is told who wrote what a house says: its own people, and who looks at others' steps
/// (whom identity tells their names).
bool is_told_authors(const http::Request& request, OrganisationId house);

}  // namespace shanhai::catalog
