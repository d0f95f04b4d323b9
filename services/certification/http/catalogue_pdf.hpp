#pragma once

#include "certification/domain/edition.hpp"

#include <string>

namespace shanhai::certification {

/// A catalogue as a PDF of A4 pages to print and hang out: heading, one row a certification, and on each page
/// the hash of the bytes that it was made from. On one machine the same catalogue has the same bytes. Takes
/// long for a long one: call it on a pool. Throws std::runtime_error when it cannot be drawn.
std::string pdf_of(const Catalogue& catalogue);

}  // namespace shanhai::certification
