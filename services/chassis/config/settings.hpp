#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace shanhai::config {

/// What the process is told from outside: flags, then SHANHAI_… environment variables, then a TOML
/// file, in that order. Read once, in main. Secrets are files in `secrets`, never flags.
struct Settings {
    std::string address = "127.0.0.1";           ///< "::": all addresses, IPv4 ones too.
    std::string internal_address = "127.0.0.1";  ///< Of the internal port; never one that the public reaches.
    std::uint16_t port = 8080;                   ///< Public.
    std::uint16_t internal_port = 8081;  ///< Feeds, metrics, health, backfill; loopback or a private net.
    std::vector<std::string> trusted_proxies;  ///< Addresses and networks whose X-Forwarded-For is believed.
    std::size_t connections_max = 10'000;  ///< Of the public port; fewer where the system gives fewer files.
    std::size_t connection_memory_mib = 64;  ///< For bodies and answers of all connections together.
    bool limits = true;                      ///< Whether anybody may ask only so often.
    double limits_factor = 1;                ///< How much wider than usual.
    std::string loop_clock = "wall";         ///< "cpu": stalls count the program's own time only (tests).
    std::string public_url =
        "http://127.0.0.1:8080";  ///< What codes and links are printed with; no slash at the end.
    std::string internal_url = "http://127.0.0.1:8081";  ///< Where this process's feeds are reached.
    std::vector<std::string>
        peers;                ///< "catalog=http://10.0.0.2:8081": feeds of services that run elsewhere.
    std::size_t threads = 0;  ///< io threads; 0: one a core.
    std::int64_t drain_seconds = 0;  ///< After a signal, until the ports close; /readyz says «draining».
    std::string certificate_file;
    std::string key_file;

    std::string database_socket;
    std::string database_host = "127.0.0.1";
    std::uint16_t database_port = 3306;
    std::string database_prefix = "shanhai_";  ///< Schema and user of `orders` are both "shanhai_orders".
    std::size_t database_threads = 4;          ///< A service.
    std::string database_tls_ca;               ///< PEM file; with it the database must prove itself over TLS.
    std::string database_client_host = "localhost";  ///< From where `shanhai grants` lets services connect.

    std::string redis_address = "127.0.0.1";
    std::uint16_t redis_port = 6379;
    std::string redis_tls_ca;               ///< PEM file; with it Redis must prove itself over TLS.
    std::string redis_prefix = "shanhai:";  ///< Of every key; installations that share a Redis differ in it.

    std::filesystem::path secrets = "var/secrets";
    std::filesystem::path web_root;   ///< Built pages; empty: none are served.
    std::filesystem::path programs;   ///< Folder of shanhai-pictures and shanhai-typesetter; empty: ours.
    std::filesystem::path docs_root;  ///< /docs and /openapi.json; empty: not served.
    std::string log_level = "info";
    bool access_log = true;
    std::int64_t catalogue_age_max_seconds = 300;
    std::int64_t reservation_seconds = 900;
    bool sandbox_payments = false;
    bool backfill = false;            ///< Whether sample orders of the past may be written.
    std::int64_t hold_seconds = 300;  ///< Of these, until a payment is opened.
    // What unpaid orders may hold (orders/domain/holds.hpp); 0 orders and 100 percent are no cap.
    std::int64_t hold_orders_per_telephone = 5;
    std::int64_t hold_orders_per_address = 10;
    std::int64_t hold_orders_per_network = 200;
    std::int64_t hold_shelf_percent = 80;
    std::int64_t hold_network_percent = 20;
    std::string ledger_origin =
        "shanhai/ledger";  ///< Name of the ledger in its checkpoints; never changes once it has entries.

    bool public_entries = false;  ///< Whole entries of the ledger for everybody, not for auditors alone.
    std::int64_t revocations_age_max_seconds = 30;  ///< Older, and the staff's writes are not believed.
    std::int64_t session_hours_max = 12;            ///< From the sign-in, whatever is done.
    std::int64_t session_idle_minutes = 120;        ///< From the last refresh.

    /// Where a service's frames are served.
    std::string feed_url(const std::string& service) const;
};

}  // namespace shanhai::config
