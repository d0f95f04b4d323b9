#pragma once

#include "identity/domain/account.hpp"

#include <string>
#include <string_view>

namespace shanhai::identity {

inline constexpr std::size_t password_size_min = 12;   ///< Characters, as people count them (code points).
inline constexpr std::size_t password_size_max = 200;  ///< Characters; hashing a novel would cost too much.

/// A password that may be chosen (NIST SP 800-63B, section 5.1.1.2: length counts, rules of composition do
/// not, what attackers try first is refused).
class NewPassword {
public:
    /// Fails with Failure::invalid, pointing at `pointer`: shorter than 12 characters or longer than 200;
    /// holds the login or the platform's name; or could be guessed at once (guessable_parts).
    static Result<NewPassword> choose(std::string_view text, const Login& login,
                                      const std::string& pointer = "/password");

    const std::string& text() const { return text_; }  ///< In normal form C, as secret_text makes it.

private:
    explicit NewPassword(std::string text) : text_{std::move(text)} {}

    std::string text_;
};

/// Of how many parts a password is made for somebody who guesses: one for each common word or year, for each
/// run over the keyboard, along the alphabet or of one character, for each repetition of what stands before,
/// and one for each character that is nothing of all this. "password1234" is two, "1qaz2wsx3edc" three.
std::size_t guessable_parts(std::string_view password);

/// Fewer parts than this are guessed at once.
inline constexpr std::size_t password_parts_min = 6;

/// How many bits somebody has to guess who knows words, names, leaked passwords and keyboards, as zxcvbn
/// counts them. It knows Latin letters only; guessable_parts knows the others.
double guessing_bits(const std::string& password, const std::string& login);

/// A thousand million guesses: hours at the speed of our Argon2 hash, for somebody with one computer and the
/// table.
inline constexpr double password_bits_min = 30;

}  // namespace shanhai::identity
