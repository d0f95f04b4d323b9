#include "chassis/http/negotiate.hpp"

#include <algorithm>
#include <optional>

namespace shanhai::http {
namespace {

constexpr std::string_view packed_suffix = "-gzip\"";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A qvalue (RFC 9110, section 12.4.2) in thousandths.
std::optional<int> thousandths(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
    if (text.size() > 1 && text[1] != '.') return std::nullopt;
    int value = text[0] == '1' ? 1000 : 0;
    int unit = 100;
    for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
        if (!is_digit(c)) return std::nullopt;
        value += (c - '0') * unit;
        unit /= 10;
    }
    return value > 1000 ? std::nullopt : std::optional{value};
}

/// "; q=0.5", or nothing at all, which is 1.
std::optional<int> weight_of(std::string_view parameters) {
    if (parameters.empty()) return 1000;
    const auto weight = trimmed(parameters.substr(1));
    if (weight.size() < 2 || (weight[0] != 'q' && weight[0] != 'Q') || weight[1] != '=') return std::nullopt;
    return thousandths(weight.substr(2));
}

/// What Accept-Encoding says of the codings that matter here.
struct Weights {
    std::optional<int> gzip;
    std::optional<int> identity;
    std::optional<int> others;
    bool asked = false;

    void take(std::string_view element) {
        const auto semicolon = std::min(element.find(';'), element.size());
        const auto coding = trimmed(element.substr(0, semicolon));
        const auto weight = weight_of(trimmed(element.substr(semicolon)));
        if (!weight) return;
        if (coding == "*") others = weight;
        if (equal_without_case(coding, "identity")) identity = weight;
        if (equal_without_case(coding, "gzip") || equal_without_case(coding, "x-gzip")) gzip = weight;
    }
};

Weights weights_of(const Request& request) {
    Weights weights;
    for (const auto& [name, value] : request.headers) {
        if (!equal_without_case(name, "Accept-Encoding")) continue;
        weights.asked = true;
        for (auto rest = value; !rest.empty();) {
            const auto comma = std::min(rest.find(','), rest.size());
            weights.take(rest.substr(0, comma));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    return weights;
}

bool is_of_tag(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x21 || (byte >= 0x23 && byte != 0x7f);
}

/// Cuts the first tag off a list; nothing when what comes is no tag, or is followed by no comma.
std::optional<EntityTag> next_tag(std::string_view& list) {
    const bool weak = list.starts_with("W/");
    if (weak) list.remove_prefix(2);
    if (!list.starts_with('"')) return std::nullopt;
    const auto end = list.find('"', 1);
    if (end == std::string_view::npos || !std::ranges::all_of(list.substr(1, end - 1), is_of_tag))
        return std::nullopt;
    const EntityTag tag{list.substr(0, end + 1), weak};
    list = trimmed(list.substr(end + 1));
    if (!list.empty() && list.front() != ',') return std::nullopt;
    return tag;
}

void take_tags(std::string_view list, std::vector<EntityTag>& tags) {
    for (list = trimmed(list); !list.empty();) {
        if (list.front() == ',') {  // RFC 9110, section 5.6.1.2: empty elements mean nothing.
            list = trimmed(list.substr(1));
            continue;
        }
        const auto tag = next_tag(list);
        if (!tag) return;
        tags.push_back(*tag);
    }
}

}  // namespace

Coding coding_for(const Request& request, bool has_gzip) {
    const auto weights = weights_of(request);
    if (!weights.asked) return Coding::identity;
    const int gzip = weights.gzip.value_or(weights.others.value_or(0));
    // As it is, a body is always welcome, and preferred to nothing, unless it is said otherwise.
    const bool refuses_identity = weights.identity.value_or(weights.others.value_or(1)) == 0;
    if (has_gzip && gzip > 0 && gzip >= weights.identity.value_or(0)) return Coding::gzip;
    return refuses_identity ? Coding::none : Coding::identity;
}

EntityTags entity_tags(const Request& request, std::string_view header) {
    EntityTags found;
    for (const auto& [name, value] : request.headers) {
        if (!equal_without_case(name, header)) continue;
        if (value == "*") found.any = true;
        take_tags(value, found.tags);
    }
    if (!found.tags.empty()) found.any = false;
    return found;
}

std::string packed_tag(std::string_view etag) {
    if (!etag.ends_with('"')) return std::string{etag};
    return std::string{etag.substr(0, etag.size() - 1)}.append(packed_suffix);
}

bool declares_utf8(std::string_view content_type) {
    for (auto rest = content_type.substr(std::min(content_type.find_first_of("; \t"), content_type.size()));
         !rest.empty();) {
        const auto end = std::min(rest.find(';', 1), rest.size());
        auto parameter = trimmed(rest.substr(0, end).substr(std::min<std::size_t>(1, end)));
        rest.remove_prefix(end);
        constexpr std::string_view charset = "charset=";
        if (!equal_without_case(parameter.substr(0, charset.size()), charset)) continue;
        parameter.remove_prefix(charset.size());
        if (parameter.size() > 1 && parameter.front() == '"' && parameter.back() == '"') {
            parameter = parameter.substr(1, parameter.size() - 2);
        }
        if (!equal_without_case(parameter, "utf-8") && !equal_without_case(parameter, "utf8")) return false;
    }
    return true;
}

}  // namespace shanhai::http
