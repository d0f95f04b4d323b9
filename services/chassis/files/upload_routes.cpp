#include "chassis/files/upload_routes.hpp"

#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "chassis/security/crypto.hpp"

#include <boost/json/array.hpp>
#include <charconv>

namespace shanhai::files {

using http::Fields;
using http::Method;
using http::Request;

namespace {

Result<NewFile> file_in(const Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    NewFile said;
    said.name = fields.text("name", 1, NewFile::name_max);
    said.media_type = fields.choice<MediaType>("media_type", from_wire_name<MediaType>);
    said.size_bytes = fields.integer("size_bytes", 1, size_max);
    said.sha256 = fields.checked<std::string>("sha256", parse_sha256).value_or("");
    if (auto error = fields.complaints()) return *error;
    return said;
}

/// The number of the byte that comes first.
Result<std::int64_t> offset_of(const Request& request) {
    const auto text = request.header("Upload-Offset");
    std::int64_t offset = -1;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (failed != std::errc{} || end != text.data() + text.size() || offset < 0) {
        return Error{Failure::malformed, "upload-offset-missing",
                     "the header Upload-Offset says which byte of the file comes first"};
    }
    return offset;
}

std::optional<Error> fault_of_piece(const Request& request) {
    if (!request.body.empty() && !http::equal_without_case(http::trimmed(request.header("Content-Type")),
                                                           "application/partial-upload")) {
        return Error{Failure::unsupported_media_type, "unsupported-media-type",
                     "pieces are sent as application/partial-upload"};
    }
    if (request.body.size() > static_cast<std::size_t>(piece_max)) {
        return Error{Failure::too_large, "piece-too-large",
                     "a piece has at most " + std::to_string(piece_max) + " bytes"};
    }
    return std::nullopt;
}

boost::json::value refusal_of(const File& file) {
    if (file.state != FileState::refused) return nullptr;
    return boost::json::object{{"code", file.refusal}, {"detail", meaning_of(file.refusal)}};
}

}  // namespace

Result<std::string> parse_sha256(std::string_view text) {
    const auto bytes = security::from_hex(text);
    if (!bytes || bytes->size() != 32) return invalid_field("", "is not 64 hexadecimal digits");
    return *bytes;
}

Result<Uploader> staff_sender(const Request& request) {
    return Uploader{request.staff().account, request.staff().organisation};
}

Result<Uploader> stranger_sender(const Request& request) {
    constexpr std::size_t key_bytes = 32;
    const auto key = security::from_base64url(request.header("Upload-Access-Token"));
    if (!key || key->size() != key_bytes) {
        return Error{Failure::malformed, "upload-token-malformed",
                     "the header Upload-Access-Token holds 32 random bytes in base64url"};
    }
    return Uploader::by_key(security::sha256(*key));
}

boost::json::object json_of(const File& file, UploadRoutes::Address address) {
    boost::json::array forms;
    for (const auto& form : file.forms) {
        if (address == nullptr) break;
        forms.push_back(boost::json::object{{"form", form.name},
                                            {"media_type", form.media_type},
                                            {"width", form.width},
                                            {"height", form.height},
                                            {"size_bytes", form.size_bytes},
                                            {"href", address(file, form)}});
    }
    return {{"id", static_cast<std::uint64_t>(file.id)},
            {"name", file.said.name},
            {"media_type", wire_name(file.said.media_type)},
            {"size_bytes", file.said.size_bytes},
            {"sha256", security::hex(file.said.sha256)},
            {"received_bytes", file.received_bytes},
            {"piece_bytes_max", piece_max},
            {"state", wire_name(file.state)},
            {"refusal", refusal_of(file)},
            {"at", rfc3339(file.at)},
            {"forms", std::move(forms)}};
}

http::Response content_response(const Request& request, MadeForm made, const std::string& sha256,
                                std::string_view cached) {
    const auto tag = '"' + security::hex(sha256).substr(0, 32) + '.' + made.form.name + '"';
    http::Response response;
    response.content_type = made.form.media_type;
    response.body = std::move(made.bytes);
    response.headers.emplace_back("Cache-Control", std::string{cached});
    response.headers.emplace_back("Content-Disposition", "inline");
    response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
    return http::conditional(request, std::move(response), tag);
}

void UploadRoutes::mount(http::Router& router) {
    router.on(Method::post, path_, [this](const Request& r) { return begin(r); });
    router.on(Method::get, path_ + "/{file_id}", [this](const Request& r) { return show(r); });
    router.on(Method::patch, path_ + "/{file_id}", [this](const Request& r) { return append(r); });
}

http::Response UploadRoutes::described(const File& file, int status) const {
    auto response = http::json_response(json_of(file, address_), status);
    response.headers.emplace_back("Upload-Offset", std::to_string(file.received_bytes));
    return response;
}

UploadRoutes::Answer UploadRoutes::begin(const Request& request) {
    const auto sender = sender_(request);
    if (!sender) co_return http::respond_with(sender.error());
    auto said = file_in(request);
    if (!said) co_return http::respond_with(said.error());
    const auto file = co_await uploads_.begin(std::move(*said), *sender);
    if (!file) co_return http::respond_with(file.error());
    auto response =
        described(*file, file->state == FileState::receiving && file->received_bytes == 0 ? 201 : 200);
    const auto id = static_cast<std::uint64_t>(file->id);
    response.headers.emplace_back("Location", path_ + '/' + std::to_string(id));
    co_return response;
}

UploadRoutes::Answer UploadRoutes::show(const Request& request) {
    const auto id = http::id_in_path<FileId>(request, "file_id");
    if (!id) co_return http::respond_with(id.error());
    const auto sender = sender_(request);
    if (!sender) co_return http::respond_with(sender.error());
    const auto file = co_await uploads_.find(*id, *sender);
    if (!file) co_return http::respond_with(file.error());
    co_return described(*file);
}

UploadRoutes::Answer UploadRoutes::append(const Request& request) {
    const auto id = http::id_in_path<FileId>(request, "file_id");
    if (!id) co_return http::respond_with(id.error());
    if (const auto fault = fault_of_piece(request)) co_return http::respond_with(*fault);
    const auto offset = offset_of(request);
    if (!offset) co_return http::respond_with(offset.error());
    const auto sender = sender_(request);
    if (!sender) co_return http::respond_with(sender.error());
    std::string bytes{request.body};
    const auto file = co_await uploads_.append(*id, *offset, std::move(bytes), *sender);
    if (!file) co_return http::respond_with(file.error());
    co_return described(*file);
}

}  // namespace shanhai::files
