#include "pictures/confinement.hpp"
#include "pictures/decoding.hpp"
#include "pictures/forms.hpp"

#include <unistd.h>
#include <cstdarg>
#include <string>

namespace shanhai::pictures {
namespace {

/// All of the standard input, or its first `input_max` + 1 bytes.
std::string read_all() {
    std::string all(input_max + 1, '\0');
    std::size_t length = 0;
    while (length < all.size()) {
        const auto got = read(STDIN_FILENO, all.data() + length, all.size() - length);
        if (got <= 0) break;
        length += static_cast<std::size_t>(got);
    }
    all.resize(length);
    return all;
}

bool write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto gone = write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (gone <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(gone));
    }
    return true;
}

bool write_form(const Form& form, gdImage& picture) {
    const auto bytes = encoded(picture, form.media_type, form.quality);
    if (bytes.empty()) return false;
    const auto head = std::string{form.name} + ' ' + form.media_type + ' ' + std::to_string(picture.sx) +
                      ' ' + std::to_string(picture.sy) + ' ' + std::to_string(bytes.size()) + '\n';
    return write_all(head) && write_all(bytes);
}

/// Each of the one before, which is not smaller: the whole picture is gone over once.
Ending make_forms(Image picture, int orientation) {
    for (const auto& form : forms) {
        picture = scaled(*picture, form.side_max, orientation);
        orientation = 1;  // It is turned now.
        if (!picture || !write_form(form, *picture)) return not_a_picture;
    }
    return made;
}

Ending work() {
    if (!confine()) return not_confined;
    gdSetErrorMethod([](int, const char*, std::va_list) {});
    const auto file = read_all();
    const auto size = size_of(file);
    if (!size || file.size() > input_max || size->width < 1 || size->height < 1) return not_a_picture;
    if (size->width > side_max || size->height > side_max || size->width * size->height > pixels_max) {
        return too_many_pixels;
    }
    auto picture = decode(file);
    if (!picture) return not_a_picture;
    return make_forms(std::move(picture), orientation_of(file));
}

}  // namespace
}  // namespace shanhai::pictures

int main() { _exit(shanhai::pictures::work()); }
