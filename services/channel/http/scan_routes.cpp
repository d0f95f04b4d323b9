#include "channel/http/scan_routes.hpp"

#include "chassis/http/for_people.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <utility>

namespace shanhai::channel {
namespace {

/// For somebody who scanned a code that we do not know: what happened, and a way on.
constexpr std::string_view code_unknown_page = R"(<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>山海集</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;margin:15vh auto;max-width:24rem;padding:0 1.5rem;text-align:center}
a{display:inline-block;margin-top:1.5rem;padding:.7rem 2rem;border-radius:2rem;background:#0a6b3d;color:#fff;
text-decoration:none}p[lang=en]{color:#555;font-size:.95rem}</style>
<h1>这个二维码不是我们的</h1>
<p>它可能没有扫完整，也可能已经换了新的。请再扫一次，或者直接看看所有好物。</p>
<p lang="en">This code is not one of ours. Scan it again, or look at all goods.</p>
<a href="/">看看所有好物 · All goods</a>
</html>
)";

bool wants_json(const http::Request& request) {
    return request.header("Accept").find("application/json") != std::string_view::npos;
}

/// Whose screen it is goes along: what its district recognises comes first in the lists that follow.
std::string location_of(const Screen& screen, const Screen::Destination& destination,
                        const std::string& attribution) {
    std::string location;
    location.reserve(96);
    if (destination.product) {
        location.append("/p/").append(std::to_string(number(*destination.product))).append("?a=");
    } else if (destination.county) {
        location.append("/?county=").append(destination.county->text()).append("&a=");
    } else {
        location = "/?a=";
    }
    location.append(attribution);
    const auto& district = screen.campaign.district;
    return district ? location.append("&district=").append(district->text()) : location;
}

boost::json::array playing_json(const Screen& screen, Instant at) {
    boost::json::array playing;
    if (!screen.campaign.runs_at(at)) return playing;
    for (const auto& item : screen.playlist.items()) {
        if (!item.plays_at(at)) continue;
        playing.push_back(
            {{"product_id", number(item.product)}, {"from", rfc3339(item.from)}, {"to", rfc3339(item.to)}});
    }
    return playing;
}

boost::json::object scan_json(const Screen& screen, const Screen::Destination& destination,
                              const std::string& attribution, Instant at) {
    const auto& placement = screen.placement;
    boost::json::value product = nullptr;
    if (destination.product) product = number(*destination.product);
    boost::json::value county = nullptr;
    if (destination.county) county = boost::json::value(destination.county->text());
    const auto& owner = screen.campaign.district;
    boost::json::value district = nullptr;
    if (owner) district = boost::json::value(owner->text());
    return {{"placement", boost::json::object{{"placement_id", number(placement.id)},
                                              {"name", placement.details.name},
                                              {"channel", wire_name(placement.details.channel)}}},
            {"product_id", std::move(product)},
            {"county_code", std::move(county)},
            {"district_code", std::move(district)},
            {"attribution", attribution},
            {"playing", playing_json(screen, at)}};
}

}  // namespace

void ScanRoutes::mount(http::Router& router) {
    // The rest of the path, since scanners add a slash, and keyboards write capitals.
    for (const auto* spelling : {"/s/{token...}", "/S/{token...}"}) {
        router.on_quick(http::Method::get, spelling,
                        [this](const http::Request& request) { return scan(request); });
    }
}

void ScanRoutes::show(std::uint64_t revision, std::vector<Screen> screens) {
    const std::lock_guard lock{showing_};
    put_up({}, revision, std::move(screens));
}

void ScanRoutes::show_again(std::uint64_t revision, std::vector<Screen> screens) {
    const std::lock_guard lock{showing_};
    put_up(*board_.get(), revision, std::move(screens));
}

void ScanRoutes::put_up(Board board, std::uint64_t revision, std::vector<Screen> screens) {
    if (revision < revision_) return;
    for (auto& screen : screens) {
        const auto placement = screen.placement.id;
        auto shown = std::make_shared<const Shown>(Shown{std::move(screen), &counts_.counter_of(placement)});
        board.insert_or_assign(tokens_.of(placement), std::move(shown));
    }
    revision_ = revision;
    board_.set(std::move(board));
}

std::uint64_t ScanRoutes::shown_revision() const {
    const std::lock_guard lock{showing_};
    return revision_;
}

http::Response ScanRoutes::scan(const http::Request& request) const { return scan_at(request, clock_.now()); }

http::Response ScanRoutes::scan_at(const http::Request& request, Instant at) const {
    http::Parameters parameters{request};
    const auto token = parameters.parsed<ScanToken>("token");
    if (parameters.complaints()) return unknown(request);
    const auto board = board_.get();
    const auto found = board->find(token->text());
    if (found == board->end()) return missed(request, *token);

    const auto& [screen, counter] = *found->second;
    if (is_of_a_person(request) &&
        cap_.counts(screen.placement.id, request.remote_network, http::LimiterClock::now())) {
        counter->count(at);
    }
    const auto destination = screen.destination_at(at);
    const auto& attribution = attributions_.at(screen.placement.id, at);
    auto response = wants_json(request) ? http::json_response(scan_json(screen, destination, attribution, at))
                                        : http::Response{302, {}, {}, {}, {}};
    response.headers.reserve(2);
    if (response.status == 302) {
        response.headers.emplace_back("Location", location_of(screen, destination, attribution));
    }
    // Each scan is one of its own: the next one may show another product and counts again. Hence no Vary
    // either.
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

http::Response ScanRoutes::missed(const http::Request& request, ScanToken token) const {
    if (tokens_.read(token.text()))
        missed_();  // Ours, but registered through another copy of this service just now.
    return unknown(request);
}

http::Response ScanRoutes::unknown(const http::Request& request) {
    http::Response response;
    if (http::asks_a_person(request)) {
        response.status = 404;
        response.content_type = "text/html; charset=utf-8";
        response.body = code_unknown_page;
        response.headers.emplace_back(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    } else {
        response = http::respond_with(
            Error{Failure::not_found, "scan-token-unknown", "This code is not one of ours."});
    }
    response.headers.emplace_back("Cache-Control", "no-store");
    http::vary_by(response, "Accept");
    return response;
}

}  // namespace shanhai::channel
