#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/message.hpp"

#include <string>
#include <string_view>

namespace shanhai::catalog {

/// Writes one page of a list, `{"items":[…],"next":"<cursor>"|null}` and what else it says, from items in the
/// order of their positions.
class PageWriter {
public:
    PageWriter(const http::Cursors& cursors, http::Cursors::Page page)
        : cursors_{cursors}, page_{std::move(page)} {}

    /// Whether that position comes after the last page's end.
    bool wants(std::string_view position) const { return position > page_.after; }
    /// Takes the next item, or, when the page is full, remembers that there is more and says no.
    bool add(std::string position, std::string_view item);
    /// `more` is further members, written as JSON: ",\"ranking\":{}".
    http::Response finish(std::string_view more = {}) const;

private:
    const http::Cursors& cursors_;
    http::Cursors::Page page_;
    std::string items_;
    std::string last_;
    std::size_t count_ = 0;
    bool more_ = false;
};

/// A number as a position: as wide as the widest, so that texts compare as numbers do.
std::string position_of(std::uint64_t number);

}  // namespace shanhai::catalog
