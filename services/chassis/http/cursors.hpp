#pragma once

#include "chassis/http/message.hpp"
#include "vocabulary/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace shanhai::http {

/// Opaque, MAC'd positions in lists that are ordered by a key. A client can only give back what it was given,
/// and only to the list that gave it: the same route, narrowed by the same path and filters.
class Cursors {
public:
    explicit Cursors(std::string key) : key_{std::move(key)} {}

    /// What a request asks of a list.
    struct Page {
        std::size_t limit = 20;
        std::string after;  ///< A position that this list gave; empty on the first page.
        std::string list;   ///< Whose positions they are: the route's pattern and what narrows it.

        /// `after` as the id that it is in lists ordered by ids; 0 on the first page.
        template <class Id>
        Id after_id() const {
            return static_cast<Id>(after_number());
        }
        std::uint64_t after_number() const;
    };

    /// Reads ?limit= (1 to 100, default 20) and ?cursor=, which the route has to declare. Fails with 422
    /// `validation-failed`, or `invalid-cursor`.
    Result<Page> page_of(const Request& request) const;

    /// The cursor that asks for what comes after `position` in the page's list.
    std::string encode(const Page& page, std::string_view position) const;

private:
    std::string key_;
};

}  // namespace shanhai::http
