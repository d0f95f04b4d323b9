#pragma once

#include "chassis/http/client.hpp"

#include <boost/json/object.hpp>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace shanhai::tools {

/// Why a tool cannot go on, for the person who runs it: names the row of the sample files at fault.
class ToolError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What is sent: a method, a path, a JSON body, and the row it came from ("lots.csv line 7").
struct Call {
    std::string method = "POST";
    std::string path;
    boost::json::object body;
    std::string row;
    std::vector<std::pair<std::string, std::string>> headers;
};

struct ApiAnswer {
    int status = 0;
    boost::json::object body;
    std::string etag;    ///< Empty when it has none.
    std::string code;    ///< The end of a problem's type: "merchant-exists"; empty when all is well.
    std::string detail;  ///< The problem's, with its pointers.

    bool good() const { return status >= 200 && status < 300; }
};

/// The platform's API as one signed-in account uses it. For one thread at a time.
class Api {
public:
    /// `base` is "http://127.0.0.1:8080", without a slash at the end.
    explicit Api(std::string base) : base_{std::move(base)} {}

    /// Every further call carries this account's token. Throws ToolError when it is refused.
    void sign_in(const std::string& login, const std::string& password);
    /// Another connection with the same account.
    Api again() const;

    /// Sends once and returns whatever was answered. Throws ToolError when nobody answers.
    ApiAnswer ask(const Call& call);
    /// The body of a success; throws ToolError, with the row, on a refusal.
    boost::json::object send(const Call& call);
    /// As send, but tries again for a while when the service may not have heard yet what another one
    /// published: facts travel between services in milliseconds, but they do travel.
    boost::json::object send_when_known(const Call& call);
    /// Looks until that is so, for as long as facts may travel; then throws ToolError.
    static void await(const std::function<bool()>& condition, const std::string& what);
    /// Every item of a list, page by page.
    std::vector<boost::json::object> all(const std::string& path);
    /// Sends a form as a page does. Throws ToolError unless it is taken.
    void submit(const std::string& path, const std::string& form);
    /// The bytes of anything else: a picture.
    std::string download(const std::string& path);

private:
    std::string unanswered(const Error& error) const;
    http::ClientResponse exchange(http::ClientRequest request);

    std::string base_;
    std::string token_;
    http::Client client_;
};

/// Calls `work(api, i)` for every i below `count` on a few connections at once. Throws the first failure,
/// after all of them have stopped.
void for_each_on_connections(const Api& api, std::size_t count,
                             const std::function<void(Api&, std::size_t)>& work);

}  // namespace shanhai::tools
