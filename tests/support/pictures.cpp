#include "support/pictures.hpp"

#include <png.h>
#include <zlib.h>
#include <stdexcept>
#include <vector>

namespace shanhai::support {
namespace {

constexpr std::size_t signature_and_header = 33;

std::string big_endian(std::uint32_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>((number >> shift) & 0xff));
    return bytes;
}

/// PNG, section 5.3.
std::string chunk(const std::string& type, const std::string& data) {
    const auto checked = type + data;
    const auto sum =
        ::crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
    return big_endian(static_cast<std::uint32_t>(data.size())) + checked +
           big_endian(static_cast<std::uint32_t>(sum));
}

}  // namespace

std::string pdf(std::size_t bytes) {
    const std::string head = "%PDF-1.7\n% " + std::to_string(bytes) + "\n";
    const std::string tail = "\n%%EOF\n";
    return head + std::string(bytes - head.size() - tail.size(), ' ') + tail;
}

std::string png(std::uint32_t width, std::uint32_t height) {
    std::vector<std::uint8_t> pixels(3UL * width * height);
    for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<std::uint8_t>(i * 7 / 3);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = width;
    image.height = height;
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = 0;
    png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr);
    std::string bytes(size, '\0');
    if (png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels.data(), 0, nullptr) == 0) {
        throw std::runtime_error{"no picture could be written"};
    }
    bytes.resize(size);
    return bytes;
}

std::string png_head(std::uint32_t width, std::uint32_t height) {
    using namespace std::string_literals;
    return "\x89PNG\r\n\x1a\n" + chunk("IHDR", big_endian(width) + big_endian(height) + "\x08\x02\0\0\0"s);
}

std::string with_exif(const std::string& png) {
    using namespace std::string_literals;
    auto bytes = png;
    return bytes.insert(signature_and_header, chunk("eXIf", "MM\0*"s + std::string{exif_secret}));
}

}  // namespace shanhai::support
