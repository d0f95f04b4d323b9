#include "catalog/http/answers.hpp"

#include <boost/json/serialize.hpp>

namespace shanhai::catalog {

http::Response json_answer(int status, const boost::json::object& body, std::string location) {
    http::Response response;
    response.status = status;
    response.body = boost::json::serialize(body);
    if (!location.empty()) response.headers.emplace_back("Location", std::move(location));
    return response;
}

std::optional<std::uint64_t> number_in_query(const http::Request& request, std::string_view name) {
    const auto text = request.query_value(name);
    if (!text) return std::nullopt;
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), value);
    return failure == std::errc{} && end == text->data() + text->size() ? value : 0;
}

http::Response unknown(const std::string& what) {
    return http::respond_with(Error{Failure::not_found, what + "-unknown", "there is no such " + what});
}

}  // namespace shanhai::catalog
