#pragma once

#include "chassis/http/message.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace shanhai::http {

class RequestParser;

/// Turns the bytes of one connection into requests, one after the other. Does no I/O: put bytes into
/// `space()`, `commit()` them, and `advance()`. Keeps pipelined requests for later. Everything that RFC 9112
/// leaves to interpretation (two lengths, lengths and chunks, folded lines) is refused, so that no proxy in
/// front can see other requests than we do. Every text of the request is a view into the reader's own memory.
class RequestReader {
public:
    struct Limits {
        std::uint32_t header_max = 16 * 1024;
        std::size_t body_max = 256 * 1024;
        std::size_t large_body_max = 0;              ///< Of the paths below; 0: there are none.
        std::span<const std::string> large_paths{};  ///< Outlive the reader.
    };
    enum class Progress {
        needs_head,  ///< Give it more bytes; the head is not complete.
        needs_body,  ///< Give it more bytes; the head is complete, the body is not.
        complete,    ///< request() is there, until next().
        refused,     ///< refusal() says why. Nothing after it can be trusted: answer and close.
    };

    explicit RequestReader(Limits limits);
    ~RequestReader();

    /// Free space for the next bytes; never empty.
    std::span<char> space();
    void commit(std::size_t bytes);
    Progress advance();

    Request& request() { return request_; }
    /// Its status is 400, 413, 415, 431, 501 or 505.
    const Response& refusal() const { return refusal_; }
    unsigned version() const { return version_; }  ///< 10 or 11.
    bool keep_alive() const { return keep_alive_; }
    /// Whether the client waits for "100 Continue" before it sends the body. Says so once.
    bool take_expectation();
    /// No byte of a further request has come, not even an empty line before it.
    bool untouched() const { return begin_ == end_ && blank_ == 0; }
    /// Whether all of the head is there, so that request() tells everything but the body.
    bool has_head() const {
        return stage_ == Stage::body || stage_ == Stage::chunks || stage_ == Stage::done;
    }
    /// Whether a text lies in this reader's memory and is part of the request: all of a request's do.
    bool owns(std::string_view text) const;
    /// Whether the current request is one of the large paths', whose bodies take their time.
    bool large() const { return large_; }
    /// Bytes of memory that it holds.
    std::size_t memory() const { return capacity_ + chunks_.capacity() + path_.capacity(); }

    /// Lets go of its memory: nothing more is read from this connection.
    void give_up();
    /// Forgets the complete request, whose views die, and begins with the next one.
    void next();

    /// Keeps no more than what a small request needs; only while nothing of a request has come.
    void slim();

private:
    Progress read_head();
    std::size_t head_size();
    Progress parse_head(std::size_t size);
    Progress read_body();
    Progress read_chunks();
    Progress refuse(int status, std::string_view code, std::string_view detail);
    Progress refuse_unreadable();
    Progress refuse_too_large();
    std::size_t most() const;
    bool check_head();
    bool check_host();
    bool take_target();
    bool check_length();
    std::size_t capacity_wanted() const;
    void grow(std::size_t capacity);
    void compact();
    void move_views(const char* from, std::size_t size, const char* to);

    Limits limits_;
    std::unique_ptr<RequestParser> parser_;
    std::unique_ptr<char[]> buffer_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;    // Of the current request.
    std::size_t scanned_ = 0;  // Up to here no end of a head begins.
    std::size_t parsed_ = 0;
    std::size_t end_ = 0;  // Of the bytes that came.

    enum class Stage { head, body, chunks, done, refused };
    Stage stage_ = Stage::head;
    Request request_;
    Response refusal_;
    std::string path_;       // When the path was encoded, or there was none.
    std::string chunks_;     // The body when it came in chunks.
    std::string good_host_;  // The last one that was checked: a connection hardly ever names another.
    std::size_t blank_ = 0;  // Bytes of empty lines before the request.
    std::size_t length_ = 0;
    unsigned version_ = 11;
    bool keep_alive_ = false;
    bool large_ = false;
    bool expects_continue_ = false;
};

}  // namespace shanhai::http
