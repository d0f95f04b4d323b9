#pragma once

#include "certification/domain/edition.hpp"

#include <string>

namespace shanhai::typesetter {

/// A catalogue as a PDF of A4 pages to print and hang out: heading, one row a certification, and on each page
/// the hash of the bytes that it was made from. On one machine the same catalogue has the same bytes. Throws
/// std::runtime_error when it cannot be drawn.
std::string pdf_of(const certification::Catalogue& catalogue);

}  // namespace shanhai::typesetter
