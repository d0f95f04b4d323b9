#pragma once

#include <array>
#include <cstddef>

namespace shanhai::pictures {

// What shanhai-pictures and those who start it agree on. Its output is one record after the other: a line
// "<form> <media type> <width> <height> <bytes>\n" and then the bytes.

/// How it ends.
enum Ending { made = 0, not_a_picture = 3, too_many_pixels = 4, not_confined = 5 };

/// A telephone's sensor; beyond it, it is no photograph of a product or paper. Four bytes each are in memory.
inline constexpr long pixels_max = 50'000'000;
/// One side of it: what GD and the formats can hold with room to spare.
inline constexpr long side_max = 20'000;
inline constexpr std::size_t input_max = 20UL * 1024 * 1024;

/// A size that is made of every picture; the longer side is at most that many pixels, and nothing is made
/// larger than it came.
struct Form {
    const char* name;
    const char* media_type;
    int side_max;
    int quality;  ///< 0 to 100, as the format counts it.
};

/// From large to small: each is made of the one before. full.jpg: the picture itself, for papers that must be
/// read. The others: for pages of that width, and 800.jpg for what knows no WebP (cards of shared links).
inline constexpr std::array<Form, 5> forms{{{"full.jpg", "image/jpeg", 3000, 88},
                                            {"1600.webp", "image/webp", 1600, 80},
                                            {"800.webp", "image/webp", 800, 80},
                                            {"800.jpg", "image/jpeg", 800, 82},
                                            {"400.webp", "image/webp", 400, 78}}};

}  // namespace shanhai::pictures
