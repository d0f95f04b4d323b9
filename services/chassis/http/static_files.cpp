#include "chassis/http/static_files.hpp"

#include "chassis/http/for_people.hpp"
#include "chassis/http/kept_pages.hpp"
#include "chassis/http/negotiate.hpp"
#include "chassis/http/packing.hpp"
#include "chassis/http/parameters.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>

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

File load(const fs::path& path, std::string_view origin) {
    const auto& kind = kind_of(path.extension().string());
    auto plain = read_file(path);
    if (kind.extension == ".html") plain = with_origin(std::move(plain), origin);
    File file;
    file.content_type = kind.content_type;
    if (kind.compressible) {
        auto packed = gzipped_well(plain);
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

Files load_all(const fs::path& folder, std::string_view origin) {
    if (!fs::is_directory(folder))
        throw std::runtime_error{"no folder of files to serve: " + folder.string()};
    Files files;
    for (const auto& entry : fs::recursive_directory_iterator{folder}) {
        if (!entry.is_regular_file()) continue;
        const auto name = entry.path().lexically_relative(folder).generic_string();
        if (name.starts_with('.') || name.find("/.") != std::string::npos) continue;
        files.emplace(name, load(entry.path(), origin));
    }
    return files;
}

Response answer_with(const File& file, const Request& request) {
    const auto coding = coding_for(request, file.gzipped.body != nullptr);
    if (coding == Coding::none) {
        return problem(406, "coding-not-acceptable", "This can be had as it is, and mostly gzipped.");
    }
    const bool packed = coding == Coding::gzip;
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

/// The addresses of pages: segments that are literal, "{digits}" or "{text}".
class Pages {
public:
    explicit Pages(const Files& files) {
        const auto declared = files.find("pages.json");
        if (declared == files.end()) return;
        boost::system::error_code error;
        const auto document = boost::json::parse(*declared->second.plain.body, error);
        const auto* list =
            !error && document.is_object() ? document.get_object().if_contains("pages") : nullptr;
        if (list == nullptr || !list->is_array()) throw std::runtime_error{"pages.json declares no pages"};
        for (const auto& page : list->get_array()) patterns_.emplace_back(page.as_string());
    }

    bool contain(std::string_view path) const {
        return std::ranges::any_of(patterns_,
                                   [path](std::string_view pattern) { return fits(pattern, path); });
    }

    /// The page that is meant by an address with slashes behind it, or in capitals, as scanners and keyboards
    /// write them; nothing when none is. What a {text} stands for keeps its spelling, and is sent on only
    /// when it needs no encoding.
    std::optional<std::string> meant_by(std::string_view path) const {
        while (path.ends_with('/')) path.remove_suffix(1);
        if (path.empty() || path.find_first_not_of(plain_characters) != std::string_view::npos) {
            return std::nullopt;
        }
        for (const auto& pattern : patterns_) {
            if (fits(pattern, path, equal_without_case)) return spelt(pattern, path);
        }
        return std::nullopt;
    }

private:
    static constexpr std::string_view plain_characters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    using Alike = bool (*)(std::string_view, std::string_view);
    static bool same(std::string_view left, std::string_view right) { return left == right; }

    static bool fits(std::string_view pattern, std::string_view path, Alike alike = same) {
        if (pattern.starts_with('/')) pattern.remove_prefix(1);
        for (bool last = false; !last;) {
            bool given_last = false;
            const auto wanted = cut(pattern, last);
            const auto given = cut(path, given_last);
            const bool digits = given.find_first_not_of("0123456789") == std::string_view::npos;
            const bool good = wanted == "{text}"     ? !given.empty()
                              : wanted == "{digits}" ? !given.empty() && digits
                                                     : alike(wanted, given);
            if (!good || last != given_last) return false;
        }
        return true;
    }
    /// The path with the pattern's own spelling of what is literal in it.
    static std::string spelt(std::string_view pattern, std::string_view path) {
        std::string address;
        if (pattern.starts_with('/')) pattern.remove_prefix(1);
        for (bool last = false; !last;) {
            bool given_last = false;
            const auto wanted = cut(pattern, last);
            const auto given = cut(path, given_last);
            address.append("/").append(wanted.starts_with('{') ? given : wanted);
        }
        return address;
    }
    /// The first segment; what remains follows its slash.
    static std::string_view cut(std::string_view& rest, bool& last) {
        const auto slash = std::min(rest.find('/'), rest.size());
        const auto segment = rest.substr(0, slash);
        last = slash == rest.size();
        rest.remove_prefix(std::min(slash + 1, rest.size()));
        return segment;
    }

    std::vector<std::string> patterns_;
};

/// A folder as it is served. Paths are only looked up by name among the files that were read, so that none
/// can lead out of it.
class Site {
public:
    /// `below` is what every address of it begins with, without a slash at the end: "", "/desk".
    Site(Files files, AskPage ask, std::string below)
        : files_{std::move(files)}, pages_{files_}, ask_{std::move(ask)}, below_{std::move(below)} {}

    /// Asks first what is known of a page.
    boost::asio::awaitable<Response> ask(const Request& request) const {
        PageAddress address{std::string{Parameters{request}.untyped("path")}, std::string{request.query}};
        PageFacts facts;
        if (is_page(address.path)) facts = co_await ask_(std::move(address));
        co_return answer(request, facts);
    }

    Response answer(const Request& request, const PageFacts& facts = {}) const {
        const auto path = Parameters{request}.untyped("path");
        const auto* index = file_named("index.html");
        if (facts.head || facts.view) return made_for(*index, facts, request);
        const auto* file = find(path);
        if (file != nullptr) return answer_with(*file, request);
        const bool is_page = index != nullptr && pages_.contain(path);
        if (is_page && !facts.gone) return answer_with(*index, request);
        if (const auto address = is_page ? std::nullopt : pages_.meant_by(path))
            return moved(below_ + *address, request);
        if (index == nullptr || belongs_to_programs(path) || !asks_a_person(request)) {
            auto refusal = problem(404, "not-found", "Nothing is stored under this path.");
            vary_by(refusal, "Accept");
            return refusal;
        }
        Response page;
        page.status = 404;
        page.shared_body = index->plain.body;
        page.content_type = index->content_type;
        page.headers = index->headers;
        vary_by(page, "Accept");
        return page;
    }

private:
    /// Of the folder's own page too, which is a file.
    bool is_page(std::string_view path) const {
        return file_named("index.html") != nullptr && file_named(path) == nullptr && pages_.contain(path);
    }

    Response made_for(const File& index, const PageFacts& facts, const Request& request) const {
        auto page = *index.plain.body;
        if (facts.head) page = with_head(std::move(page), *facts.head);
        if (facts.view) page = with_first_view(std::move(page), *facts.view);
        const auto etag = etag_of(page);
        Response response;
        if (has_current(request, etag)) {
            response = not_modified(etag);
        } else {
            response.shared_body = kept_->body_of(etag, std::move(page));
            response.content_type = index.content_type;
            response.headers.emplace_back("ETag", etag);
        }
        response.headers.insert(response.headers.end(), index.headers.begin(), index.headers.end());
        return response;
    }

    /// One address for each page, with the query that came along.
    static Response moved(std::string address, const Request& request) {
        if (!request.query.empty()) address.append("?").append(request.query);
        Response response;
        response.status = 308;
        response.content_type.clear();
        response.headers.emplace_back("Location", std::move(address));
        response.headers.emplace_back("Cache-Control", "public, max-age=3600");
        return response;
    }

    const File* file_named(std::string_view name) const {
        const auto found = files_.find(name);
        return found == files_.end() ? nullptr : &found->second;
    }

    /// The file, or a folder's index.
    const File* find(std::string_view path) const {
        if (const auto* file = file_named(path)) return file;
        const auto* separator = path.empty() || path.ends_with('/') ? "" : "/";
        return file_named(std::string{path} + separator + "index.html");
    }

    Files files_;
    Pages pages_;
    AskPage ask_;
    std::unique_ptr<KeptPages> kept_ = std::make_unique<KeptPages>();
    std::string below_;
};

}  // namespace

void mount_static_files(Router& router, const std::string& prefix, const fs::path& folder, AskPage ask,
                        std::string_view origin) {
    const bool asks = ask != nullptr;
    const auto site = std::make_shared<const Site>(load_all(folder, origin), std::move(ask),
                                                   prefix.substr(0, prefix.size() - 1));
    if (asks) {
        router.on(Method::get, prefix + "{path...}",
                  [site](const Request& request) { return site->ask(request); });
    } else {
        router.on_quick(Method::get, prefix + "{path...}",
                        [site](const Request& request) { return site->answer(request); });
    }
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
