#pragma once

#include <gd.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace shanhai::pictures {

struct Destroy {
    void operator()(gdImage* image) const { gdImageDestroy(image); }
};
using Image = std::unique_ptr<gdImage, Destroy>;

struct Size {
    long width = 0;
    long height = 0;
};

/// What the header of a PNG, JPEG or WebP says; nothing when it is none, or broken. Decodes nothing.
std::optional<Size> size_of(std::string_view file);

/// The picture as it is to be looked at. Null when it cannot be decoded to its end.
Image decode(std::string_view file);

/// A copy whose longer side is at most that, on white, turned as its EXIF says (1 to 8, as TIFF counts).
Image scaled(const gdImage& picture, int side_max, int orientation);

/// How a JPEG is to be turned; 1 when it does not say.
int orientation_of(std::string_view file);

/// The bytes of that form: "image/jpeg" or "image/webp". Empty when it could not be made.
std::string encoded(gdImage& picture, std::string_view media_type, int quality);

}  // namespace shanhai::pictures
