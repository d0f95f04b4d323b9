#pragma once

#include "chassis/http/message.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace shanhai::http {

/// Beast's parser, writing views into a request instead of owning a message. One a request; for the reader
/// alone, since nobody else is to see Beast.
class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    /// The request gets its method and headers, `chunks` what is in a chunked body's chunks.
    RequestParser(Request& request, std::string& chunks, std::uint32_t header_max, std::uint64_t body_max);

    /// Reads a whole head; returns and fails as put() of the parser does.
    std::size_t put_head(std::string_view head, boost::system::error_code& error);

    bool head_done = false;
    bool unknown_method = false;
    bool chunks_last = false;   ///< Of several transfer codings, as it has to be.
    bool other_coding = false;  ///< A content coding that is not «identity».
    bool expects_continue = false;
    int lengths = 0;  ///< How often the header was there; likewise the next two.
    int encodings = 0;
    int hosts = 0;
    unsigned version = 11;  ///< 10 or 11.
    std::string_view host;
    std::string_view target;

private:
    using Code = boost::system::error_code;
    using Text = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb verb, Text, Text sent_target, int sent_version,
                         Code&) override;
    void on_response_impl(int, Text, int, Code&) override {}
    void on_field_impl(boost::beast::http::field name, Text name_text, Text value, Code& error) override;
    void on_header_impl(Code&) override { head_done = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override {}
    std::size_t on_body_impl(Text body, Code&) override { return body.size(); }
    void on_chunk_header_impl(std::uint64_t, Text extensions, Code& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t, Text body, Code&) override;
    void on_finish_impl(Code&) override {}

    Request& request_;
    std::string& chunks_;
    const char* head_end_ = nullptr;
};

}  // namespace shanhai::http
