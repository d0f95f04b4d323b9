#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace shanhai::support {

// Files that people hand in, as small as they can be.

/// A PDF of so many bytes, at least 100, as far as marks tell; other sizes are other contents.
std::string pdf(std::size_t bytes);
/// An RGB picture with a pattern.
std::string png(std::uint32_t width, std::uint32_t height);
/// The head of one, without any of its picture.
std::string png_head(std::uint32_t width, std::uint32_t height);
/// What no copy of a picture may hold.
inline constexpr std::string_view exif_secret = "27.75N 103.89E";
/// The PNG with a chunk of EXIF that holds the secret.
std::string with_exif(const std::string& png);

}  // namespace shanhai::support
