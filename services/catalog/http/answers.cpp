#include "catalog/http/answers.hpp"

#include "chassis/http/json.hpp"

namespace shanhai::catalog {

http::Response json_answer(int status, const boost::json::object& body, std::string location) {
    auto response = http::json_response(body, status);
    if (!location.empty()) response.headers.emplace_back("Location", std::move(location));
    return response;
}

http::Response unknown(const std::string& what) {
    return http::respond_with(Error{Failure::not_found, what + "-unknown", "there is no such " + what});
}

}  // namespace shanhai::catalog
