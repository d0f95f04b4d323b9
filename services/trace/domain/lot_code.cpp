#include "trace/domain/lot_code.hpp"

namespace shanhai::trace {
namespace {

constexpr std::string_view allowed =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"'()*+,-.:;=_";

}  // namespace

Result<LotCode> LotCode::parse(std::string_view text) {
    if (text.empty() || text.size() > length_max) {
        return invalid_field("", "a lot code has 1 to 20 characters");
    }
    if (text.find_first_not_of(allowed) != std::string_view::npos) {
        return invalid_field("", "a lot code has letters, digits and ! \" ' ( ) * + , - . : ; = _ only");
    }
    return LotCode{text};
}

}  // namespace shanhai::trace
