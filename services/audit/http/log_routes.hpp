#pragma once

#include "audit/domain/signed_note.hpp"
#include "chassis/database/pool.hpp"
#include "chassis/http/router.hpp"
#include "chassis/security/access_token.hpp"

namespace shanhai::audit {

/// The ledger itself. In public, as any transparency log's monitor expects it (C2SP tlog-tiles): checkpoint,
/// tiles, entry bundles and the verifier key. For auditors besides: one entry, and its inclusion proof.
class LogRoutes {
public:
    LogRoutes(database::Pool& pool, const security::TokenVerifier& verifier, const NoteSigner& signer)
        : pool_{pool}, verifier_{verifier}, signer_{signer} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer checkpoint();
    Answer tile(const http::Request& request);
    Answer bundle(const http::Request& request);
    Answer entry(const http::Request& request);
    Answer proof(const http::Request& request);
    Answer consistency(const http::Request& request);

    database::Pool& pool_;
    const security::TokenVerifier& verifier_;
    const NoteSigner& signer_;
};

}  // namespace shanhai::audit
