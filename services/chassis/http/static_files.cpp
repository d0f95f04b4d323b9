#include "chassis/http/static_files.hpp"

#include <zlib.h>
#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <stdexcept>
#include "chassis/http/parameters.hpp"

namespace shanhai::http {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t file_max = 64 * 1024 * 1024;

// Styles in elements are what the component libraries set; scripts come from files only.
constexpr std::string_view page_policy =
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self' "
    "data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

struct Kind {
    std::string_view extension;
    std::string_view content_type;
    bool compressible;
};

constexpr std::array kinds = {
    Kind{".html", "text/html; charset=utf-8", true},
    Kind{".js", "text/javascript; charset=utf-8", true},
    Kind{".mjs", "text/javascript; charset=utf-8", true},
    Kind{".css", "text/css; charset=utf-8", true},
    Kind{".json", "application/json", true},
    Kind{".map", "application/json", true},
    Kind{".yaml", "application/yaml; charset=utf-8", true},
    Kind{".yml", "application/yaml; charset=utf-8", true},
    Kind{".webmanifest", "application/manifest+json", true},
    Kind{".svg", "image/svg+xml", true},
    Kind{".xml", "application/xml", true},
    Kind{".txt", "text/plain; charset=utf-8", true},
    Kind{".md", "text/markdown; charset=utf-8", true},
    Kind{".ico", "image/x-icon", true},
    Kind{".wasm", "application/wasm", true},
    Kind{".png", "image/png", false},
    Kind{".jpg", "image/jpeg", false},
    Kind{".jpeg", "image/jpeg", false},
    Kind{".gif", "image/gif", false},
    Kind{".webp", "image/webp", false},
    Kind{".avif", "image/avif", false},
    Kind{".woff", "font/woff", false},
    Kind{".woff2", "font/woff2", false},
    Kind{".pdf", "application/pdf", false},
};

const Kind& kind_of(const std::string& extension) {
    static constexpr Kind unknown{"", "application/octet-stream", false};
    const auto* const found = std::ranges::find(kinds, extension, &Kind::extension);
    return found == kinds.end() ? unknown : *found;
}

/// One way to send a file: as it is, or gzipped.
struct Form {
    std::shared_ptr<const std::string> body;
    std::string etag;
};

struct File {
    Form plain;
    Form gzipped;  // Without a body when gzip gains nothing.
    std::string content_type;
    std::vector<std::pair<std::string, std::string>> headers;
};

using Files = std::map<std::string, File, std::less<>>;

std::string read_file(const fs::path& path) {
    if (fs::file_size(path) > file_max)
        throw std::runtime_error{"too large to serve from memory: " + path.string()};
    std::ifstream in{path, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (in.bad() || !in.is_open()) throw std::runtime_error{"cannot read " + path.string()};
    return text;
}

std::string gzip(const std::string& plain) {
    constexpr int window_with_gzip_header = 15 + 16;
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window_with_gzip_header, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error{"zlib cannot start"};
    }
    std::string packed(deflateBound(&stream, static_cast<uLong>(plain.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const auto result = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) throw std::runtime_error{"zlib cannot compress"};
    return packed;
}

/// "index-BdH3k2aZ.js": eight characters of a hash that Vite puts before the extension. A word of eight
/// lower-case letters is not taken for one.
bool carries_hash(const fs::path& path) {
    constexpr std::size_t hash_size = 8;
    const auto stem = path.stem().string();
    if (stem.size() <= hash_size || stem[stem.size() - hash_size - 1] != '-') return false;
    const auto hash = std::string_view{stem}.substr(stem.size() - hash_size);
    const auto of_hash = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
    };
    const auto of_word = [](char c) { return c >= 'a' && c <= 'z'; };
    return std::ranges::all_of(hash, of_hash) && !std::ranges::all_of(hash, of_word);
}

Form form_of(std::string body) {
    Form form;
    form.etag = etag_of(body);
    form.body = std::make_shared<const std::string>(std::move(body));
    return form;
}

File load(const fs::path& path) {
    const auto& kind = kind_of(path.extension().string());
    auto plain = read_file(path);
    File file;
    file.content_type = kind.content_type;
    if (kind.compressible) {
        auto packed = gzip(plain);
        if (packed.size() < plain.size() / 10 * 9) file.gzipped = form_of(std::move(packed));
        file.headers.emplace_back("Vary", "Accept-Encoding");
    }
    file.plain = form_of(std::move(plain));
    if (kind.extension == ".html") {
        file.headers.emplace_back("Cache-Control", "no-cache");
        file.headers.emplace_back("Content-Security-Policy", page_policy);
        file.headers.emplace_back("Referrer-Policy", "no-referrer");  // Addresses of orders carry a key.
    } else if (carries_hash(path)) {
        file.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
    } else {
        file.headers.emplace_back("Cache-Control", "public, max-age=3600");
    }
    return file;
}

Files load_all(const fs::path& folder) {
    if (!fs::is_directory(folder))
        throw std::runtime_error{"no folder of files to serve: " + folder.string()};
    Files files;
    for (const auto& entry : fs::recursive_directory_iterator{folder}) {
        if (!entry.is_regular_file()) continue;
        const auto name = entry.path().lexically_relative(folder).generic_string();
        if (name.starts_with('.') || name.find("/.") != std::string::npos) continue;
        files.emplace(name, load(entry.path()));
    }
    return files;
}

/// Whether Accept-Encoding takes gzip; "gzip;q=0" does not.
bool takes_gzip(std::string_view accepted) {
    const auto at = accepted.find("gzip");
    if (at == std::string_view::npos) return false;
    auto rest = accepted.substr(at + 4);
    rest = rest.substr(0, rest.find(','));
    return rest.find("q=0") == std::string_view::npos || rest.find("q=0.") != std::string_view::npos;
}

Response answer_with(const File& file, const Request& request) {
    const bool packed = file.gzipped.body != nullptr && takes_gzip(request.header("Accept-Encoding"));
    const auto& form = packed ? file.gzipped : file.plain;
    Response response;
    if (has_current(request, form.etag)) {
        response = not_modified(form.etag);
    } else {
        response.shared_body = form.body;
        response.content_type = file.content_type;
        response.headers.emplace_back("ETag", form.etag);
        if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
    }
    response.headers.insert(response.headers.end(), file.headers.begin(), file.headers.end());
    return response;
}

/// The file for a path, or the page that routes in the browser. Paths are only looked up by name among the
/// files that were read, so that none can lead out of the folder.
const File* find(const Files& files, std::string_view path) {
    const auto found = files.find(path);
    if (found != files.end()) return &found->second;
    const auto name = path.substr(path.find_last_of('/') + 1);
    if (name.find('.') != std::string_view::npos) return nullptr;
    if (path.starts_with("v1/") || path.starts_with("internal/")) return nullptr;
    const auto folder_index =
        files.find(std::string{path} + (path.empty() || path.ends_with('/') ? "" : "/") + "index.html");
    if (folder_index != files.end()) return &folder_index->second;
    const auto index = files.find("index.html");
    return index == files.end() ? nullptr : &index->second;
}

}  // namespace

void mount_static_files(Router& router, const std::string& prefix, const fs::path& folder) {
    auto files = std::make_shared<const Files>(load_all(folder));
    router.on_quick(Method::get, prefix + "{path...}", [files](const Request& request) {
        const auto* file = find(*files, Parameters{request}.untyped("path"));
        if (file == nullptr) return problem(404, "not-found", "Nothing is stored under this path.");
        return answer_with(*file, request);
    });
    if (prefix == "/") return;
    router.on_quick(Method::get, prefix.substr(0, prefix.size() - 1), [prefix](const Request&) {
        Response response;
        response.status = 308;
        response.content_type.clear();
        response.headers.emplace_back("Location", prefix);
        return response;
    });
}

}  // namespace shanhai::http
