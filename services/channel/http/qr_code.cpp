#include "channel/http/qr_code.hpp"

#include <png.h>
#include <qrencode.h>
#include <cstdint>
#include <memory>
#include <stdexcept>

namespace shanhai::channel {

QrCode::QrCode(const std::string& text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code{
        QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), &QRcode_free};
    if (!code) throw std::runtime_error{"a text does not fit into a QR code"};
    modules_ = code->width;
    dark_.resize(static_cast<std::size_t>(modules_) * static_cast<std::size_t>(modules_));
    for (std::size_t i = 0; i < dark_.size(); ++i) dark_[i] = (code->data[i] & 1) != 0;
}

bool QrCode::dark(int column, int row) const {
    const int x = column - quiet_zone;
    const int y = row - quiet_zone;
    if (x < 0 || y < 0 || x >= modules_ || y >= modules_) return false;
    return dark_[static_cast<std::size_t>(y * modules_ + x)];
}

std::string QrCode::svg(int size) const {
    const auto units = std::to_string(side());
    const auto pixels = std::to_string(size);
    std::string drawing = R"(<svg xmlns="http://www.w3.org/2000/svg" width=")" + pixels + R"(" height=")" +
                          pixels + R"(" viewBox="0 0 )" + units + ' ' + units +
                          R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)" + units + 'v' +
                          units + "H0z\"/><path d=\"";
    for (int row = 0; row < side(); ++row) {
        for (int column = 0; column < side(); ++column) {
            if (!dark(column, row)) continue;
            const int begin = column;
            while (dark(column, row)) ++column;  // Neighbours in one stroke; the quiet zone ends it.
            drawing += 'M' + std::to_string(begin) + ' ' + std::to_string(row) + 'h' +
                       std::to_string(column - begin) + "v1H" + std::to_string(begin) + 'z';
        }
    }
    return drawing + "\"/></svg>";
}

std::string QrCode::png(int size) const {
    const int scale = size / side();
    if (scale < 1) throw std::invalid_argument{"a QR code needs a pixel for each module"};
    const int margin = (size - scale * side()) / 2;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(size) * static_cast<std::size_t>(size), 255);
    for (int y = 0; y < scale * side(); ++y) {
        for (int x = 0; x < scale * side(); ++x) {
            if (dark(x / scale, y / scale))
                pixels[static_cast<std::size_t>((y + margin) * size + x + margin)] = 0;
        }
    }

    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(size);
    image.height = static_cast<png_uint_32>(size);
    image.format = PNG_FORMAT_GRAY;
    png_alloc_size_t bytes = 0;
    std::string file;
    if (png_image_write_to_memory(&image, nullptr, &bytes, 0, pixels.data(), 0, nullptr) != 0) {
        file.resize(bytes);
        png_image_write_to_memory(&image, file.data(), &bytes, 0, pixels.data(), 0, nullptr);
    }
    if (PNG_IMAGE_FAILED(image)) throw std::runtime_error{"a picture cannot be written"};
    file.resize(bytes);
    return file;
}

}  // namespace shanhai::channel
