#pragma once

#include "chassis/files/uploads.hpp"
#include "chassis/http/router.hpp"

#include <boost/json/object.hpp>
#include <string>

namespace shanhai::files {

/// Handing in files below one path ("/v1/evidence"): POST announces, PATCH adds bytes at an offset as
/// draft-ietf-httpbis-resumable-upload has it (`Upload-Offset`, application/partial-upload), GET tells how
/// far it has come and what became of it.
class UploadRoutes {
public:
    /// `address` makes where a stored file's form is read from; null where whoever hands in reads nothing
    /// back, and is told of no forms.
    using Address = std::string (*)(const File& file, const Form& form);
    /// Who hands in by this request, or why nobody does.
    using Sender = Result<Uploader> (*)(const http::Request& request);
    UploadRoutes(Uploads& uploads, std::string path, Address address, Sender sender)
        : uploads_{uploads}, path_{std::move(path)}, address_{address}, sender_{sender} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer begin(const http::Request& request);
    Answer show(const http::Request& request);
    Answer append(const http::Request& request);
    http::Response described(const File& file, int status = 200) const;

    Uploads& uploads_;
    const std::string path_;
    Address address_;
    Sender sender_;
};

/// Somebody of an organisation, whom the gate has let in.
Result<Uploader> staff_sender(const http::Request& request);
/// Anybody, by a key that their page made: 32 random bytes in base64url, in the header Upload-Access-Token.
/// Fails with 400 `upload-token-malformed`.
Result<Uploader> stranger_sender(const http::Request& request);

inline constexpr std::string_view public_content = "public, max-age=31536000, immutable";
inline constexpr std::string_view private_content = "private, no-cache";

/// 64 hexadecimal digits as 32 bytes.
Result<std::string> parse_sha256(std::string_view text);

/// A file as answers show it; `address` as above.
boost::json::object json_of(const File& file, UploadRoutes::Address address);

/// The bytes of one form, which never change under their address. A paper is shown as what it is and nothing
/// else, in a sandbox; `cached` is its Cache-Control: `public_content`, or
/// `private_content` where the right is asked each time, since the next person at the machine may be another.
http::Response content_response(const http::Request& request, MadeForm made, const std::string& sha256,
                                std::string_view cached);

}  // namespace shanhai::files
