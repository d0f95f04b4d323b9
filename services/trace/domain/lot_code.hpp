#pragma once

#include "vocabulary/result.hpp"

#include <string>
#include <string_view>

namespace shanhai::trace {

/// The number a producer prints on a batch: GS1 application identifier 10, at most 20 characters of GS1's
/// character set 82 (GS1 General Specifications, sections 3.4.1 and 7.11). The characters % & / < > ? are
/// refused although the set has them, because a code has to stand unescaped in a link and on a page.
class LotCode {
public:
    static constexpr std::size_t length_max = 20;

    /// Fails with Failure::invalid on an empty or too long code and on any other character.
    static Result<LotCode> parse(std::string_view text);

    const std::string& text() const { return text_; }

    friend bool operator==(const LotCode&, const LotCode&) = default;

private:
    explicit LotCode(std::string_view text) : text_{text} {}

    std::string text_;
};

}  // namespace shanhai::trace
