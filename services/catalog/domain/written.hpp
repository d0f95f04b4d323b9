#pragma once

namespace shanhai::catalog {

/// What became of a thing that has a natural key: it was new, or it was there already.
template <class Id>
struct Written {
    Id id;
    bool created = false;
};

}  // namespace shanhai::catalog
