#pragma once

#include "certification/domain/edition.hpp"

#include <string>

namespace shanhai::certification {

/// A catalogue as CSV (RFC 4180: CRLF, all cells in quotes), with a byte order mark, by which Excel knows
/// that it is UTF-8; one line of Chinese headings, then one a certification. A text that a spreadsheet would
/// take for a formula is preceded by an apostrophe. The last day is the last one on which it is valid.
std::string csv_of(const Catalogue& catalogue);

}  // namespace shanhai::certification
