#include "fuzz/targets.hpp"

#include "chassis/http/json.hpp"

#include <boost/json.hpp>

namespace shanhai::fuzz {
namespace {

enum class Colour { red };

std::optional<Colour> colour_from(std::string_view name) {
    return name == "RED" ? std::optional{Colour::red} : std::nullopt;
}

/// A body with a member of every kind.
class Body {
public:
    explicit Body(http::Fields fields) : fields_{std::move(fields)} {
        hold(fields_.text("name", 1, 20), 1, 20);
        if (auto note = fields_.optional_text("note", 0, 40, Lines::joined)) hold(*note, 0, 40);
        const auto secret = fields_.secret("secret", 2, 9);
        const auto count = fields_.integer("count", -3, 99);
        within_ = within_ && count >= -3 && count <= 99;
        if (const auto size = fields_.optional_integer("size", 1, std::numeric_limits<std::int64_t>::max())) {
            within_ = within_ && *size >= 1;
        }
        fields_.boolean("flag");
        fields_.boolean("other_flag", true);
        for (auto& tag : fields_.texts("tags", 0, 3, 1, 5)) hold(std::move(tag), 1, 5);
        fields_.choice<Colour>("colour", colour_from);
        const auto parse = [](std::string_view text) { return human_text(text, 1, 4); };
        for (auto& code : fields_.all_checked<std::string>("codes", 0, 2, parse)) hold(std::move(code), 1, 4);
        auto inner = fields_.object("inner");
        hold(inner.text("name", 1, 20), 1, 20);
        auto lines = fields_.objects("lines", 0, 3);
        for (auto& line : lines) line.integer("id", 1, 9);
        within_ = within_ && lines.size() <= 3;
        complaints_ = fields_.complaints();
        if (!complaints_) within_ = within_ && characters_in(secret) >= 2 && characters_in(secret) <= 9;
    }

    const std::optional<Error>& complaints() const { return complaints_; }

    std::string fault() const {
        if (!within_) return "a value lies out of its bounds";
        for (const auto& one : texts_) {
            if (one.text.empty() && complaints_) continue;  // Harmless, in place of what was complained of.
            const auto again = human_text(one.text, one.min, one.max);
            if (!again || *again != one.text) return "a text is not in the form in which it is stored";
        }
        return {};
    }

private:
    struct Text {
        std::string text;
        std::size_t min, max;
    };
    void hold(std::string text, std::size_t min, std::size_t max) {
        texts_.push_back({std::move(text), min, max});
    }

    http::Fields fields_;
    std::vector<Text> texts_;
    std::optional<Error> complaints_;
    bool within_ = true;
};

/// Whether a pointer leads to a place in the body, or to one that is missing in an object there.
bool leads_somewhere(const boost::json::value& body, std::string_view pointer) {
    boost::system::error_code nowhere;
    if (body.find_pointer(pointer, nowhere) != nullptr) return true;
    const auto* holder = body.find_pointer(pointer.substr(0, pointer.rfind('/')), nowhere);
    return holder != nullptr && holder->is_object();
}

std::string fault_of_complaints(const boost::json::value& body, const Error& error) {
    if (error.fields().empty()) return "a refusal without a reason";
    if (error.fields().size() > http::Fields::complaints_max) return "more complaints than anybody reads";
    for (const auto& one : error.fields()) {
        if (one.detail.empty() || !leads_somewhere(body, one.pointer))
            return "a complaint of nothing: " + one.pointer;
    }
    boost::system::error_code unreadable;
    boost::json::parse(http::respond_with(error).body, unreadable);
    return unreadable ? "the problem document is no JSON" : "";
}

}  // namespace

std::string fault_of_json(std::string_view bytes) {
    http::Request request;
    request.body = bytes;
    request.headers.emplace_back("Content-Type", "application/json");
    const auto body = http::read_json(request);
    if (!body) return body.error().code() == "malformed-json" ? "" : "refused as " + body.error().code();
    const bool whole = choice_of(bytes, 2) == 1;
    const Body read{whole ? http::Fields::of_whole(*body) : http::Fields{*body}};
    if (auto fault = read.fault(); !fault.empty()) return fault;
    return read.complaints() ? fault_of_complaints(*body, *read.complaints()) : "";
}

}  // namespace shanhai::fuzz
