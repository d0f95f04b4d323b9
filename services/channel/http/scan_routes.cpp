#include "channel/http/scan_routes.hpp"

#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <utility>

namespace shanhai::channel {
namespace {

bool wants_json(const http::Request& request) {
    return request.header("Accept").find("application/json") != std::string_view::npos;
}

std::string location_of(const Screen::Destination& destination, const std::string& attribution) {
    std::string location;
    if (destination.product) {
        location = "/p/" + std::to_string(number(*destination.product)) + "?a=";
    } else if (destination.county) {
        location = "/?county=" + std::string{destination.county->text()} + "&a=";
    } else {
        location = "/?a=";
    }
    return location += attribution;
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
    return {{"placement", boost::json::object{{"placement_id", number(placement.id)},
                                              {"name", placement.details.name},
                                              {"channel", wire_name(placement.details.channel)}}},
            {"product_id", std::move(product)},
            {"county_code", std::move(county)},
            {"attribution", attribution},
            {"playing", playing_json(screen, at)}};
}

}  // namespace

void ScanRoutes::mount(http::Router& router) {
    router.on_quick(http::Method::get, "/s/{token}",
                    [this](const http::Request& request) { return scan(request); });
}

void ScanRoutes::show(std::uint64_t revision, std::vector<Screen> screens) {
    Board board;
    for (auto& screen : screens) {
        const auto placement = screen.placement.id;
        board.emplace(tokens_.of(placement), Shown{std::move(screen), &counts_.counter_of(placement)});
    }
    const std::lock_guard lock{showing_};
    if (revision < revision_) return;
    revision_ = revision;
    board_.set(std::move(board));
}

std::uint64_t ScanRoutes::shown_revision() const {
    const std::lock_guard lock{showing_};
    return revision_;
}

http::Response ScanRoutes::scan(const http::Request& request) const { return scan_at(request, now()); }

http::Response ScanRoutes::scan_at(const http::Request& request, Instant at) const {
    http::Parameters parameters{request};
    const auto token = parameters.parsed<ScanToken>("token");
    if (parameters.complaints()) return unknown();
    const auto board = board_.get();
    const auto found = board->find(token->text());
    if (found == board->end()) return missed(*token);

    const auto& [screen, counter] = found->second;
    if (request.method == http::Method::get) counter->count(at);
    const auto destination = screen.destination_at(at);
    const auto& attribution = attributions_.at(screen.placement.id, at);
    auto response = wants_json(request) ? http::json_response(scan_json(screen, destination, attribution, at))
                                        : http::Response{302, {}, {}, {}, {}};
    if (response.status == 302) {
        response.headers.emplace_back("Location", location_of(destination, attribution));
    }
    // Each scan is one of its own: the next one may show another product and counts again. Hence no Vary
    // either.
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

http::Response ScanRoutes::missed(ScanToken token) const {
    if (tokens_.read(token.text()))
        missed_();  // Ours, but registered through another copy of this service just now.
    return unknown();
}

http::Response ScanRoutes::unknown() {
    auto response =
        http::respond_with(Error{Failure::not_found, "scan-token-unknown", "This code is not one of ours."});
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

}  // namespace shanhai::channel
