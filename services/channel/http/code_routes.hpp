#pragma once

#include "channel/domain/channel_store.hpp"
#include "channel/http/code_pictures.hpp"
#include "channel/http/tokens.hpp"
#include "chassis/http/router.hpp"

#include <string>
#include <utility>

namespace shanhai::channel {

/// The codes that are printed and shown: QR codes of <public address>/s/<token>. A placement's code never
/// changes.
class CodeRoutes {
public:
    static constexpr int size_min = 100;
    static constexpr int size_max = 1024;
    static constexpr int size_default = 400;

    CodeRoutes(ChannelStore& store, const ScanTokens& tokens, std::string public_url)
        : store_{store}, tokens_{tokens}, public_url_{std::move(public_url)} {}

    void mount(http::Router& router);

    /// GET /v1/placements/{placement_id}/code.svg and code.png, ?size= in pixels. Pictures are drawn in few
    /// sizes: the next larger one is sent.
    boost::asio::awaitable<http::Response> code(const http::Request& request, bool as_png);

    /// What the code of a placement says.
    std::string url_of(PlacementId placement) const { return public_url_ + "/s/" + tokens_.of(placement); }

private:
    ChannelStore& store_;
    const ScanTokens& tokens_;
    std::string public_url_;
    CodePictures pictures_;
};

}  // namespace shanhai::channel
