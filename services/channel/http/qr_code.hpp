#pragma once

#include <string>
#include <vector>

namespace shanhai::channel {

/// A QR code (ISO/IEC 18004) with error correction level M, which survives 15 % of damage, and the quiet zone
/// of 4 modules that the standard asks for.
class QrCode {
public:
    static constexpr int quiet_zone = 4;

    /// Throws std::runtime_error when the text is empty or too long for a code (2,331 bytes).
    explicit QrCode(const std::string& text);

    /// Modules on each side, with the quiet zone.
    int side() const { return modules_ + 2 * quiet_zone; }
    /// Whether the module at that place, counted from the corner of the quiet zone, is dark.
    bool dark(int column, int row) const;

    /// A square drawing of `size` units that scales without blurring.
    std::string svg(int size) const;
    /// A square picture of `size` pixels, at least side(). Modules are whole pixels; what is left over widens
    /// the quiet zone.
    std::string png(int size) const;

private:
    int modules_ = 0;
    std::vector<bool> dark_;
};

}  // namespace shanhai::channel
