#pragma once

#include "certification/application/publishing.hpp"
#include "certification/http/catalogue_pdf.hpp"
#include "certification/http/drawings.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::certification {

/// Editions of the catalogue (产品目录): read by everybody, frozen by the office that decides. The bytes that
/// an edition's hash is of may be kept for ever by whoever read them.
class EditionRoutes {
public:
    /// `programs`: where shanhai-typesetter is (CataloguePdf).
    EditionRoutes(Publishing& publishing, const http::Cursors& cursors, const std::filesystem::path& programs)
        : publishing_{publishing}, cursors_{cursors}, pdf_{programs} {}

    void mount(http::Router& router);

private:
    static constexpr std::size_t drawn_bytes_max = 16 * 1024 * 1024;

    using Answer = boost::asio::awaitable<http::Response>;

    /// How a catalogue is shown otherwise than by its own bytes.
    struct Form {
        std::string_view ending;   ///< "csv"
        std::string_view version;  ///< Of its looks: tags differ when these do.
        std::string_view content_type;
        Publishing::Draw draw;
    };

    Answer list(const http::Request& request);
    Answer freeze(const http::Request& request);
    Answer show(const http::Request& request);
    Answer catalogue(const http::Request& request);
    Answer drawn(const http::Request& request, Form form);
    Answer difference(const http::Request& request);

    Publishing& publishing_;
    const http::Cursors& cursors_;
    CataloguePdf pdf_;
    Drawings drawings_{drawn_bytes_max};
};

}  // namespace shanhai::certification
