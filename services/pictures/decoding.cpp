#include "pictures/decoding.hpp"

#include <jpeglib.h>
#include <libexif/exif-data.h>
#include <webp/decode.h>
#include <algorithm>
#include <csetjmp>
#include <cstdio>  // jpeglib.h needs it.

namespace shanhai::pictures {
namespace {

using namespace std::string_view_literals;

constexpr auto png_mark = "\x89PNG\r\n\x1a\n"sv;
constexpr auto jpeg_mark = "\xff\xd8\xff"sv;

bool is_webp(std::string_view file) {
    return file.size() > 12 && file.starts_with("RIFF") && file.substr(8, 4) == "WEBP";
}

const unsigned char* bytes_of(std::string_view file) {
    return reinterpret_cast<const unsigned char*>(file.data());
}
void* start_of(std::string_view file) { return const_cast<char*>(file.data()); }
int length_of(std::string_view file) { return static_cast<int>(file.size()); }

/// The IHDR chunk comes first (PNG, section 5.6): its width and height stand at byte 16.
std::optional<Size> size_of_png(std::string_view file) {
    constexpr std::size_t header = 24;
    if (file.size() < header || file.substr(12, 4) != "IHDR") return std::nullopt;
    const auto number_at = [&file](std::size_t at) {
        long number = 0;
        for (const auto c : file.substr(at, 4)) number = number * 256 + static_cast<unsigned char>(c);
        return number;
    };
    return Size{number_at(16), number_at(20)};
}

struct JpegFault {
    jpeg_error_mgr base;
    std::jmp_buf back;
};

std::optional<Size> size_of_jpeg(std::string_view file) {
    jpeg_decompress_struct jpeg{};
    JpegFault fault{};
    jpeg.err = jpeg_std_error(&fault.base);
    fault.base.error_exit = [](j_common_ptr common) {
        std::longjmp(reinterpret_cast<JpegFault*>(common->err)->back, 1);
    };
    fault.base.output_message = [](j_common_ptr) {};
    if (setjmp(fault.back) != 0) {  // No object with a destructor lives here.
        jpeg_destroy_decompress(&jpeg);
        return std::nullopt;
    }
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, bytes_of(file), file.size());
    jpeg_read_header(&jpeg, TRUE);
    const Size size{static_cast<long>(jpeg.image_width), static_cast<long>(jpeg.image_height)};
    jpeg_destroy_decompress(&jpeg);
    return size;
}

std::optional<Size> size_of_webp(std::string_view file) {
    int width = 0;
    int height = 0;
    if (WebPGetInfo(bytes_of(file), file.size(), &width, &height) == 0) return std::nullopt;
    return Size{width, height};
}

/// Whether the last scan of a JPEG (SOS, ISO/IEC 10918-1, B.2.3) has an end (EOI): GD fills up with grey what
/// is not there any more.
bool whole_jpeg(std::string_view file) {
    const auto end = file.rfind("\xff\xd9"sv);
    const auto scan = file.rfind("\xff\xda"sv);
    return end != file.npos && scan != file.npos && end > scan;
}

void mirror(gdImage* image, int orientation) {
    if (orientation == 2 || orientation == 5 || orientation == 7) gdImageFlipHorizontal(image);
    if (orientation == 4) gdImageFlipVertical(image);
}

/// By quarter turns against the clock; GD fills corners that a quarter turn does not have.
float turn_of(int orientation) {
    switch (orientation) {
        case 3:
            return 180;
        case 5:
        case 8:
            return 90;
        case 6:
        case 7:
            return 270;
        default:
            return 0;
    }
}

}  // namespace

std::optional<Size> size_of(std::string_view file) {
    if (file.starts_with(png_mark)) return size_of_png(file);
    if (file.starts_with(jpeg_mark)) return size_of_jpeg(file);
    if (is_webp(file)) return size_of_webp(file);
    return std::nullopt;
}

Image decode(std::string_view file) {
    gdImagePtr image = nullptr;
    if (file.starts_with(png_mark)) image = gdImageCreateFromPngPtr(length_of(file), start_of(file));
    if (file.starts_with(jpeg_mark) && whole_jpeg(file)) {
        image = gdImageCreateFromJpegPtrEx(length_of(file), start_of(file), 0);
    }
    if (is_webp(file)) image = gdImageCreateFromWebpPtr(length_of(file), start_of(file));
    return Image{image};
}

int orientation_of(std::string_view file) {
    if (!file.starts_with(jpeg_mark)) return 1;
    auto* const data = exif_data_new_from_data(bytes_of(file), static_cast<unsigned>(file.size()));
    if (data == nullptr) return 1;
    int orientation = 1;
    if (const auto* entry = exif_data_get_entry(data, EXIF_TAG_ORIENTATION);
        entry != nullptr && entry->format == EXIF_FORMAT_SHORT && entry->components == 1) {
        orientation = exif_get_short(entry->data, exif_data_get_byte_order(data));
    }
    exif_data_unref(data);
    return orientation;
}

Image scaled(const gdImage& picture, int side_max, int orientation) {
    const auto longer = std::max(picture.sx, picture.sy);
    const auto side_of = [&](int side) {
        return longer <= side_max ? side : std::max(1, static_cast<int>(1L * side * side_max / longer));
    };
    const int width = side_of(picture.sx);
    const int height = side_of(picture.sy);
    Image made{gdImageCreateTrueColor(width, height)};
    if (!made) return made;
    gdImageFilledRectangle(made.get(), 0, 0, width - 1, height - 1, gdTrueColor(255, 255, 255));
    auto* const source = const_cast<gdImagePtr>(&picture);  // GD only reads it.
    if (longer <= side_max) {
        gdImageCopy(made.get(), source, 0, 0, 0, 0, width, height);
    } else {
        gdImageCopyResampled(made.get(), source, 0, 0, 0, 0, width, height, picture.sx, picture.sy);
    }
    mirror(made.get(), orientation);
    if (const auto turn = turn_of(orientation); turn != 0) {
        made.reset(gdImageRotateInterpolated(made.get(), turn, gdTrueColor(255, 255, 255)));
    }
    return made;
}

std::string encoded(gdImage& picture, std::string_view media_type, int quality) {
    int size = 0;
    auto* const bytes = media_type == "image/webp" ? gdImageWebpPtrEx(&picture, &size, quality)
                                                   : gdImageJpegPtr(&picture, &size, quality);
    if (bytes == nullptr) return {};
    std::string copy{static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
    gdFree(bytes);
    return copy;
}

}  // namespace shanhai::pictures
