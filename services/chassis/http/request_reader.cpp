#include "chassis/http/request_reader.hpp"

#include "chassis/http/request_parser.hpp"
#include "chassis/http/target.hpp"

#include <algorithm>
#include <cstring>
#include <functional>

namespace beast = boost::beast;

namespace shanhai::http {
namespace {

constexpr std::size_t capacity_first = 4 * 1024;
constexpr std::size_t capacity_kept = 16 * 1024;  // A larger buffer is given back after the request.
// What ends chunks at the least, "0\r\n\r\n": Beast's parser may not see less of them.
constexpr std::size_t chunks_end_size = 5;
constexpr std::size_t trailers_max =
    4096;                              // With the size line before them; how much comes at once is no matter.
constexpr std::size_t blank_max = 16;  // Bytes of empty lines before a request.

/// Gives a text's memory back, which assigning an empty one does not.
void release(std::string& text) { std::string{}.swap(text); }

/// Whether a line of trailers begins with white space, as one that was folded.
bool has_folded_line(std::string_view lines) {
    for (auto at = lines.find('\n'); at + 1 < lines.size(); at = lines.find('\n', at + 1)) {
        if (lines[at + 1] == ' ' || lines[at + 1] == '\t') return true;
    }
    return false;
}

/// Whether the size line at the beginning opens a quote that it does not close: Beast looks for the end of it
/// in what follows, and how much came at once would decide what is read there.
bool has_open_quote(std::string_view chunks) {
    while (chunks.starts_with('\r') || chunks.starts_with('\n')) chunks.remove_prefix(1);
    const auto line = chunks.substr(0, chunks.find('\n'));
    if (line.size() == chunks.size()) return false;  // More of it is to come.
    bool open = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (open && line[at] == '\\') {
            ++at;
        } else if (line[at] == '"') {
            open = !open;
        }
    }
    return open;
}

}  // namespace

RequestReader::RequestReader(Limits limits) : limits_{limits} {
    request_.headers.reserve(16);
    parser_ = std::make_unique<RequestParser>(request_, chunks_, limits_.header_max, most());
}

RequestReader::~RequestReader() = default;

std::span<char> RequestReader::space() {
    if (capacity_ == 0) grow(capacity_first);
    if (end_ == capacity_ && begin_ > 0) compact();
    if (end_ == capacity_) grow(capacity_wanted());
    return {buffer_.get() + end_, capacity_ - end_};
}

/// Twice as much, but no more than a body whose length is known needs.
std::size_t RequestReader::capacity_wanted() const {
    const auto twice = capacity_ * 2;
    return stage_ == Stage::body ? std::clamp(parsed_ + length_, capacity_ + 1, twice) : twice;
}

void RequestReader::commit(std::size_t bytes) { end_ += bytes; }

RequestReader::Progress RequestReader::advance() {
    if (stage_ == Stage::head) {
        const auto progress = read_head();
        if (stage_ != Stage::body && stage_ != Stage::chunks) return progress;
    }
    switch (stage_) {
        case Stage::body:
            return read_body();
        case Stage::chunks:
            return read_chunks();
        case Stage::done:
            return Progress::complete;
        default:
            return Progress::refused;
    }
}

RequestReader::Progress RequestReader::read_head() {
    // RFC 9112, section 2.2: an empty line before a request is passed over.
    while (end_ - begin_ >= 2 && std::memcmp(buffer_.get() + begin_, "\r\n", 2) == 0) {
        begin_ += 2;
        blank_ += 2;
    }
    if (blank_ > blank_max) return refuse_unreadable();
    parsed_ = begin_;
    scanned_ = std::max(scanned_, begin_);
    if (begin_ == end_) return Progress::needs_head;
    const char first = buffer_[begin_];
    const bool may_become_a_request = first == '\r' || (first >= 'A' && first <= 'Z');
    if (!may_become_a_request) return refuse_unreadable();
    const auto size = head_size();
    if (size > limits_.header_max || (size == 0 && end_ - begin_ >= limits_.header_max)) {
        return refuse(431, "headers-too-large", "The request's headers are larger than we read.");
    }
    return size != 0 ? parse_head(size) : Progress::needs_head;
}

/// The bytes up to the empty line that ends the head; 0 while it has not come.
std::size_t RequestReader::head_size() {
    constexpr std::string_view end_of_head = "\r\n\r\n";
    const std::string_view seen{buffer_.get() + begin_, end_ - begin_};
    const auto at = seen.find(end_of_head, scanned_ - begin_);
    if (at != std::string_view::npos) return at + end_of_head.size();
    scanned_ = std::max(begin_, end_ - std::min<std::size_t>(end_, 3));
    return 0;
}

/// The parser sees a head only when it is complete, so that the views it leaves never need to move.
RequestReader::Progress RequestReader::parse_head(std::size_t size) {
    std::destroy_at(parser_.get());
    std::construct_at(parser_.get(), request_, chunks_, limits_.header_max, most());
    boost::system::error_code error;
    parsed_ += parser_->put_head({buffer_.get() + begin_, size}, error);
    version_ = parser_->version;
    expects_continue_ = parser_->expects_continue;
    if (error == beast::http::error::header_limit) {
        return refuse(431, "headers-too-large", "The request's headers are larger than we read.");
    }
    if (error == beast::http::error::body_limit) return refuse_too_large();
    if (error == beast::http::error::bad_version) {
        return refuse(505, "version-not-supported", "We speak HTTP/1.1 and HTTP/1.0.");
    }
    if (error || !parser_->head_done || parsed_ != begin_ + size) return refuse_unreadable();
    if (!check_head()) return Progress::refused;
    if (!check_length()) return refuse_too_large();

    const bool has_body = parser_->chunked() || parser_->content_length().value_or(0) != 0;
    if (has_body && parser_->other_coding) {
        auto progress =
            refuse(415, "coding-not-supported", "We read bodies as they are, without a content coding.");
        refusal_.headers.emplace_back("Accept-Encoding", "identity");  // RFC 9110, section 15.5.16
        return progress;
    }
    keep_alive_ = parser_->keep_alive();
    request_.body = {};
    if (parser_->chunked()) {
        chunks_.clear();
        stage_ = Stage::chunks;
        return Progress::needs_body;
    }
    length_ = static_cast<std::size_t>(parser_->content_length().value_or(0));
    stage_ = length_ == 0 ? Stage::done : Stage::body;
    return length_ == 0 ? Progress::complete : Progress::needs_body;
}

/// The parser counts bytes before anybody knows what they are for.
std::size_t RequestReader::most() const { return std::max(limits_.body_max, limits_.large_body_max); }

bool RequestReader::check_length() {
    const auto& paths = limits_.large_paths;
    large_ = std::ranges::find(paths, request_.path) != paths.end();
    const auto max = large_ ? limits_.large_body_max : limits_.body_max;
    if (parser_->chunked()) parser_->body_limit(max);
    return parser_->content_length().value_or(0) <= max;
}

/// Refuses what different servers read in different ways (request smuggling).
bool RequestReader::check_head() {
    if (parser_->lengths > 1 || parser_->encodings > 1 || (parser_->lengths > 0 && parser_->encodings > 0)) {
        refuse(400, "ambiguous-length", "The request says its length more than once.");
    } else if (parser_->encodings > 0 && (!parser_->chunks_last || version_ == 10)) {
        refuse(501, "encoding-not-supported", "The only transfer coding we read is chunked.");
    } else if (!check_host()) {
        refuse(400, "host-missing", "A request names its host once, with or without a port.");
    } else if (parser_->unknown_method) {
        refuse(501, "method-not-implemented", "We do not know this method.");
    } else if (!take_target()) {
        refuse(400, "malformed-target", "The request's target is not a path we can decode.");
    }
    return stage_ != Stage::refused;
}

bool RequestReader::check_host() {
    if (parser_->hosts != 1) return parser_->hosts == 0 && version_ == 10;
    if (parser_->host == good_host_) return !good_host_.empty();
    if (!is_host(parser_->host)) return false;
    good_host_ = parser_->host;
    return true;
}

bool RequestReader::take_target() {
    const auto target = read_target(parser_->target);
    if (!target || (target->path == "*" && request_.method != Method::options)) return false;
    // RFC 9112, section 3.2.2: what the target says wins over the header.
    request_.authority = target->authority.empty() ? parser_->host : target->authority;
    request_.query = target->query;
    request_.path = target->path;
    request_.encoded_path = {};
    if (target->path.empty()) {
        path_ = "/";
    } else if (target->path.find('%') != std::string_view::npos) {
        auto plain = percent_decoded(target->path);
        if (!plain) return false;
        path_ = std::move(*plain);
        request_.encoded_path = target->path;
    } else {
        return true;
    }
    request_.path = path_;  // Not among the bytes that came, so that it does not move with them.
    return true;
}

RequestReader::Progress RequestReader::read_body() {
    if (end_ - parsed_ < length_) return Progress::needs_body;
    request_.body = {buffer_.get() + parsed_, length_};
    parsed_ += length_;
    stage_ = Stage::done;
    return Progress::complete;
}

RequestReader::Progress RequestReader::read_chunks() {
    boost::system::error_code error;
    auto at = parsed_;
    auto last = at;  // The last piece is the last chunk's size with the trailers.
    while (!error && !parser_->is_done() && end_ - at >= chunks_end_size) {
        last = at;
        at += parser_->put(boost::asio::const_buffer{buffer_.get() + at, end_ - at}, error);
    }
    if (parser_->is_done()) {
        const std::string_view end{buffer_.get() + last, at - last};
        if (end.size() > trailers_max || has_folded_line(end)) return refuse_unreadable();
    }
    // What is decoded makes room, so that a long body needs no long buffer.
    std::memmove(buffer_.get() + parsed_, buffer_.get() + at, end_ - at);
    end_ -= at - parsed_;
    if (error == beast::http::error::body_limit) return refuse_too_large();
    if (error && error != beast::http::error::need_more) return refuse_unreadable();
    const std::string_view left{buffer_.get() + parsed_, end_ - parsed_};
    if (error == beast::http::error::need_more && has_open_quote(left)) return refuse_unreadable();
    if (!parser_->is_done()) {
        // What is left is a chunk's size line or the trailers, which have no reason to be long.
        return end_ - parsed_ > limits_.header_max ? refuse_unreadable() : Progress::needs_body;
    }
    request_.body = chunks_;
    stage_ = Stage::done;
    return Progress::complete;
}

RequestReader::Progress RequestReader::refuse(int status, std::string_view code, std::string_view detail) {
    refusal_ = problem(status, code, detail);
    stage_ = Stage::refused;
    keep_alive_ = false;
    return Progress::refused;
}

RequestReader::Progress RequestReader::refuse_too_large() {
    return refuse(413, "body-too-large", "The request's body is larger than we read.");
}

RequestReader::Progress RequestReader::refuse_unreadable() {
    return refuse(400, "malformed-request", "These bytes are not an HTTP/1.1 request.");
}

bool RequestReader::owns(std::string_view text) const {
    const auto within = [text](const char* first, std::size_t size) {
        const std::less_equal<const char*> ordered;
        return ordered(first, text.data()) && ordered(text.data() + text.size(), first + size);
    };
    return text.empty() || within(buffer_.get() + begin_, end_ - begin_) ||
           within(path_.data(), path_.size()) || within(chunks_.data(), chunks_.size());
}

bool RequestReader::take_expectation() { return std::exchange(expects_continue_, false); }

void RequestReader::give_up() {
    stage_ = Stage::refused;
    request_ = Request{};
    buffer_.reset();
    release(chunks_);
    capacity_ = begin_ = scanned_ = parsed_ = end_ = 0;
}

void RequestReader::next() {
    begin_ = parsed_;
    if (begin_ == end_) begin_ = parsed_ = end_ = 0;
    scanned_ = begin_;
    if (capacity_ > capacity_kept && end_ - begin_ <= capacity_first) {
        compact();
        grow(capacity_first);
    }
    stage_ = Stage::head;
    request_.headers.clear();
    request_.parameters.clear();
    request_.query_parameters.clear();
    request_.decoded.clear();
    if (chunks_.capacity() > capacity_kept) release(chunks_);
    expects_continue_ = false;
    blank_ = 0;
}

void RequestReader::slim() {
    if (!untouched() || capacity_ <= capacity_first) return;
    buffer_.reset();
    capacity_ = begin_ = scanned_ = parsed_ = end_ = 0;
}

/// Moves what is unread to a buffer of another size.
void RequestReader::grow(std::size_t capacity) {
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    if (end_ > 0) std::memcpy(larger.get(), buffer_.get(), end_);
    move_views(buffer_.get(), end_, larger.get());
    buffer_ = std::move(larger);
    capacity_ = capacity;
}

/// Moves the current request to the buffer's front.
void RequestReader::compact() {
    const auto* from = buffer_.get() + begin_;
    std::memmove(buffer_.get(), from, end_ - begin_);
    move_views(from, end_ - begin_, buffer_.get());
    parsed_ -= begin_;
    scanned_ -= begin_;
    end_ -= begin_;
    begin_ = 0;
}

/// The views into `size` bytes that moved follow them; what lies anywhere else stays.
void RequestReader::move_views(const char* from, std::size_t size, const char* to) {
    if (!has_head()) return;
    const auto move = [&](std::string_view& text) {
        const std::less<const char*> before;
        if (before(text.data(), from) || !before(text.data(), from + size)) return;
        text = {to + (text.data() - from), text.size()};
    };
    for (auto* pairs : {&request_.headers, &request_.parameters, &request_.query_parameters}) {
        for (auto& [name, value] : *pairs) {
            move(name);
            move(value);
        }
    }
    for (auto* text : {&request_.path, &request_.encoded_path, &request_.query, &request_.authority})
        move(*text);
}

}  // namespace shanhai::http
