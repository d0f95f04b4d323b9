#pragma once

#include <string>

namespace shanhai::http {

/// What a page shows before its program is there.
struct FirstView {
    std::string head;     ///< Styles and preloads, for the end of <head>.
    std::string content;  ///< In the place of the skeleton of all pages.
    /// A JSON object: the answers that the content tells of, by the addresses at which its program would ask
    /// for them.
    std::string answers;
};

/// The page with this view between its marks "<!--first-->" and "<!--/first-->", and the answers in a block
/// of data ("first") in the place of the script that would ask for them early. A page without marks stays as
/// it is.
std::string with_first_view(std::string html, const FirstView& view);

}  // namespace shanhai::http
