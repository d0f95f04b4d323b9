#include "chassis/http/packing.hpp"

#include "chassis/http/negotiate.hpp"

#include <zlib.h>
#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>
#include <unordered_map>

namespace shanhai::http {
namespace {

constexpr std::size_t worth_packing = 1024;
constexpr std::size_t piece = 64 * 1024;
constexpr std::size_t shared_whole_max = 2 * piece;  // The shelf in the HTML of the shop.
constexpr std::size_t kept_max = 256;                // Shared bodies, a thread.

/// A stream of zlib that ends with its scope.
class Deflate {
public:
    explicit Deflate(int level) {
        constexpr int window_with_gzip_header = 15 + 16;
        if (deflateInit2(&stream_, level, Z_DEFLATED, window_with_gzip_header, 8, Z_DEFAULT_STRATEGY) != Z_OK)
            throw std::runtime_error{"zlib cannot start"};
    }
    ~Deflate() { deflateEnd(&stream_); }
    Deflate(const Deflate&) = delete;
    Deflate& operator=(const Deflate&) = delete;

    void append(std::string_view plain, bool last, std::string& out) {
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
        stream_.avail_in = static_cast<uInt>(plain.size());
        for (int result = Z_OK; stream_.avail_in > 0 || (last && result != Z_STREAM_END);) {
            const auto before = out.size();
            out.resize(before + std::max<std::size_t>(deflateBound(&stream_, stream_.avail_in), 256));
            stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
            stream_.avail_out = static_cast<uInt>(out.size() - before);
            result = deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH);
            out.resize(out.size() - stream_.avail_out);
            if (result == Z_STREAM_ERROR) throw std::runtime_error{"zlib cannot compress"};
        }
    }

private:
    z_stream stream_{};
};

std::string gzipped(std::string_view plain, int level) {
    std::string packed;
    Deflate{level}.append(plain, true, packed);
    return packed;
}

std::string* header_of(Response& response, std::string_view name) {
    for (auto& [key, value] : response.headers) {
        if (equal_without_case(key, name)) return &value;
    }
    return nullptr;
}

bool is_text(std::string_view type) {
    return type.starts_with("application/json") || type.starts_with("application/problem+json") ||
           type.starts_with("application/ld+json") || type.starts_with("application/linkset+json") ||
           type.starts_with("text/") || type.starts_with("image/svg");
}

void rename_tag(Response& response) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    if (auto* tag = header_of(response, "ETag")) *tag = packed_tag(*tag);
}

/// The client has the packed form: the answer that says so names that one.
void name_kept_form(const Request& request, Response& response) {
    auto* tag = header_of(response, "ETag");
    if (tag == nullptr) return;
    vary_by(response, "Accept-Encoding");
    tag = header_of(response, "ETag");  // The list may have moved.
    auto packed = packed_tag(*tag);
    const auto known = entity_tags(request, "If-None-Match");
    if (std::ranges::any_of(known.tags, [&](const EntityTag& each) { return each.text == packed; }))
        *tag = std::move(packed);
}

/// Packed forms of shared bodies, which are sent again and again. One a thread.
class PackedBodies {
public:
    std::shared_ptr<const std::string> of(const std::shared_ptr<const std::string>& plain) {
        const auto found = kept_.find(plain.get());
        if (found != kept_.end() && found->second.plain.lock() == plain) return found->second.packed;
        if (kept_.size() >= kept_max)
            std::erase_if(kept_, [](const auto& e) { return e.second.plain.expired(); });
        if (kept_.size() >= kept_max) kept_.clear();
        auto packed = std::make_shared<const std::string>(gzipped(*plain, Z_DEFAULT_COMPRESSION));
        kept_.insert_or_assign(plain.get(), Kept{plain, packed});
        return packed;
    }

private:
    struct Kept {
        std::weak_ptr<const std::string> plain;
        std::shared_ptr<const std::string> packed;
    };
    std::unordered_map<const std::string*, Kept> kept_;
};

}  // namespace

Packing packing_of(const Request& request, Response& response) {
    if (response.status == 304) {
        name_kept_form(request, response);
        return Packing::none;
    }
    if (response.content().size() < worth_packing || !is_text(response.content_type)) return Packing::none;
    if (header_of(response, "Content-Encoding") != nullptr) return Packing::none;
    const auto* cache = header_of(response, "Cache-Control");
    if (cache != nullptr && cache->find("no-store") != std::string::npos) return Packing::none;
    vary_by(response, "Accept-Encoding");
    const auto coding = coding_for(request, true);
    // What is written is written: only a reading can be refused (RFC 9110, section 12.5.3).
    const bool reads = request.method == Method::get || request.method == Method::head;
    if (coding == Coding::none && reads && response.status < 300) return Packing::refused;
    if (coding != Coding::gzip) return Packing::none;
    // What is shared is packed once, whoever asks.
    const auto whole_max = response.shared_body ? shared_whole_max : piece;
    return response.content().size() <= whole_max ? Packing::at_once : Packing::piece_by_piece;
}

void pack_at_once(Response& response) {
    thread_local PackedBodies bodies;
    if (response.shared_body) {
        response.shared_body = bodies.of(response.shared_body);
    } else {
        response.body = gzipped(response.body, Z_BEST_SPEED);
    }
    rename_tag(response);
}

boost::asio::awaitable<void> pack_piece_by_piece(Response& response) {
    const auto executor = co_await boost::asio::this_coro::executor;
    Deflate deflate{Z_BEST_SPEED};
    std::string packed;
    for (auto rest = response.content(); !rest.empty();) {
        const auto part = rest.substr(0, piece);
        rest.remove_prefix(part.size());
        deflate.append(part, rest.empty(), packed);
        if (!rest.empty()) co_await boost::asio::post(executor, boost::asio::use_awaitable);
    }
    response.shared_body.reset();
    response.body = std::move(packed);
    rename_tag(response);
}

std::string gzipped_well(std::string_view plain) { return gzipped(plain, Z_BEST_COMPRESSION); }

}  // namespace shanhai::http
