#include "tools/api.hpp"

#include <algorithm>
#include <atomic>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <thread>

namespace shanhai::tools {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto answer_limit = 130s;  // Beyond what any of our ports lets a handler take: it can say why.
constexpr auto known_limit = 15s;    // For facts on their way between services.
constexpr auto known_pause = 30ms;
constexpr std::size_t connections = 4;
constexpr int attempts_max = 5;  // Of a request that comes too often.

/// An object that a problem or a success may hold; anything else counts as an empty one.
json::object object_of(const std::string& text) {
    boost::system::error_code error;
    auto value = json::parse(text, error);
    return !error && value.is_object() ? std::move(value.as_object()) : json::object{};
}

std::string text_of(const json::object& object, std::string_view name) {
    const auto* const member = object.if_contains(name);
    return member != nullptr && member->is_string() ? std::string{member->as_string()} : std::string{};
}

void read_problem(ApiAnswer& answer) {
    const auto type = text_of(answer.body, "type");
    answer.code = type.substr(type.rfind(':') + 1);
    answer.detail = text_of(answer.body, "detail");
    const auto* const errors = answer.body.if_contains("errors");
    if (errors == nullptr || !errors->is_array()) return;
    for (const auto& one : errors->as_array()) {
        if (!one.is_object()) continue;
        answer.detail +=
            "; " + text_of(one.as_object(), "pointer") + ": " + text_of(one.as_object(), "detail");
    }
}

/// How long the platform asks us to wait, which is not long for so few requests.
std::chrono::seconds wait_of(const http::ClientResponse& response) {
    const auto text = response.header("Retry-After");
    return std::chrono::seconds{std::clamp(std::atoi(text.c_str()), 1, 60)};
}

std::string refusal(const Call& call, const ApiAnswer& answer) {
    return call.row + ": " + call.method + " " + call.path + " answered " + std::to_string(answer.status) +
           " " + answer.code + ": " + answer.detail;
}

/// What a service says that has not heard of something yet.
bool maybe_not_known_yet(const ApiAnswer& answer) {
    return answer.status == 404 || answer.status == 422 || answer.status == 503;
}

}  // namespace

void Api::sign_in(const std::string& login, const std::string& password) {
    Call call;
    call.path = "/v1/auth/login";
    call.body = {{"login", login}, {"password", password}};
    call.row = "signing in as " + login;
    token_ = text_of(send(call), "access_token");
}

Api Api::again() const {
    Api other{base_};
    other.token_ = token_;
    return other;
}

std::string Api::unanswered(const Error& error) const {
    if (error.code() == "answer-too-late") return base_ + " has not answered yet; it may still be at work";
    return "nobody answers at " + base_ + ": " + error.message();
}

http::ClientResponse Api::exchange(http::ClientRequest request) {
    request.limit = answer_limit;
    if (!token_.empty()) request.headers.emplace_back("Authorization", "Bearer " + token_);
    for (int attempt = 1;; ++attempt) {
        auto response = client_.send(request);
        if (!response) throw ToolError{unanswered(response.error())};
        if (response->status != 429 || attempt == attempts_max) return std::move(*response);
        std::this_thread::sleep_for(wait_of(*response));
    }
}

ApiAnswer Api::ask(const Call& call) {
    http::ClientRequest request;
    request.method = call.method;
    request.url = base_ + call.path;
    request.headers = call.headers;
    if (call.method != "GET") {
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = json::serialize(call.body);
    }
    const auto response = exchange(std::move(request));
    ApiAnswer answer;
    answer.status = response.status;
    answer.body = object_of(response.body);
    answer.etag = response.header("ETag");
    if (!answer.good()) read_problem(answer);
    return answer;
}

json::object Api::send(const Call& call) {
    auto answer = ask(call);
    if (!answer.good()) throw ToolError{refusal(call, answer)};
    return std::move(answer.body);
}

json::object Api::send_when_known(const Call& call) {
    const auto deadline = std::chrono::steady_clock::now() + known_limit;
    while (true) {
        auto answer = ask(call);
        if (answer.good()) return std::move(answer.body);
        const bool again = maybe_not_known_yet(answer) && std::chrono::steady_clock::now() < deadline;
        if (!again) throw ToolError{refusal(call, answer)};
        std::this_thread::sleep_for(known_pause);
    }
}

void Api::await(const std::function<bool()>& condition, const std::string& what) {
    const auto deadline = std::chrono::steady_clock::now() + known_limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline)
            throw ToolError{what + ": not within the time for it"};
        std::this_thread::sleep_for(known_pause);
    }
}

std::vector<json::object> Api::all(const std::string& path) {
    std::vector<json::object> items;
    const auto separator = path.find('?') == std::string::npos ? "?" : "&";
    std::string cursor;
    do {
        Call call;
        call.method = "GET";
        call.path = path + separator + "limit=100" + (cursor.empty() ? "" : "&cursor=" + cursor);
        call.row = "reading a list";
        const auto page = send(call);
        for (const auto& item : page.at("items").as_array()) items.push_back(item.as_object());
        cursor = text_of(page, "next");
    } while (!cursor.empty());
    return items;
}

void Api::submit(const std::string& path, const std::string& form) {
    http::ClientRequest request;
    request.method = "POST";
    request.url = base_ + path;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
    request.body = form;
    const auto response = exchange(std::move(request));
    if (response.status != 200) throw ToolError{path + " answered " + std::to_string(response.status)};
}

std::string Api::download(const std::string& path) {
    http::ClientRequest request;
    request.url = base_ + path;
    auto response = exchange(std::move(request));
    if (response.status != 200) throw ToolError{path + " answered " + std::to_string(response.status)};
    return std::move(response.body);
}

void for_each_on_connections(const Api& api, std::size_t count,
                             const std::function<void(Api&, std::size_t)>& work) {
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::exception_ptr failure;
    const auto run = [&] {
        auto own = api.again();
        try {
            for (auto i = next++; i < count; i = next++) work(own, i);
        } catch (...) {
            next = count;
            const std::lock_guard lock{mutex};
            if (!failure) failure = std::current_exception();
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < connections; ++i) threads.emplace_back(run);
    for (auto& thread : threads) thread.join();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace shanhai::tools
