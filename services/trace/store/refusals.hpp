#pragma once

#include "vocabulary/result.hpp"

namespace shanhai::trace {

// What the store answers where there is nothing, or not for this writer.

inline Error not_yours() {
    return Error{Failure::forbidden, "not-your-merchant",
                 "Only the merchant's own staff and the operator may do this."};
}
inline Error no_base() { return Error{Failure::not_found, "base-unknown", "There is no such base."}; }
inline Error no_lot() { return Error{Failure::not_found, "lot-unknown", "There is no such lot."}; }
inline Error base_changed() {
    return Error{Failure::precondition, "version-stale", "Somebody else changed this base meanwhile."};
}
inline Error papers_changed() {
    return Error{Failure::precondition, "version-stale", "Somebody else changed this lot meanwhile."};
}
inline Error base_exists() {
    return Error{Failure::conflict, "base-exists", "This merchant has another base of that name."};
}

}  // namespace shanhai::trace
