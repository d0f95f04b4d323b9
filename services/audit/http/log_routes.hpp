#pragma once

#include "audit/application/ledger_desk.hpp"
#include "audit/domain/signed_note.hpp"
#include "audit/http/ledger_access.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::audit {

/// The ledger itself. In public, as any transparency log's monitor expects it (C2SP tlog-tiles): checkpoint,
/// tiles, proofs and the verifier key, which are hashes only. Entries, alone or in bundles, for auditors and
/// independent verifiers; the entries of one order for whoever has its key.
class LogRoutes {
public:
    LogRoutes(LedgerDesk& desk, const LedgerAccess& access, const NoteSigner& signer)
        : desk_{desk}, access_{access}, signer_{signer} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer checkpoint();
    Answer tile(const http::Request& request);
    Answer bundle(const http::Request& request);
    Answer order_entries(const http::Request& request);
    Answer entry(const http::Request& request);
    Answer entry_order(const http::Request& request);
    Answer proof(const http::Request& request);
    Answer consistency(const http::Request& request);

    LedgerDesk& desk_;
    const LedgerAccess& access_;
    const NoteSigner& signer_;
};

}  // namespace shanhai::audit
