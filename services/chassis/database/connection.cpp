#include "chassis/database/connection.hpp"

#include "chassis/database/rows.hpp"

#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/statement.h>
#include <mysql_driver.h>
#include <algorithm>
#include <array>
#include <cctype>

namespace shanhai::database {
namespace {

::sql::Driver& driver() {
    static ::sql::Driver& loaded = *::sql::mysql::get_driver_instance();
    return loaded;
}

/// The server quotes values in its messages («Duplicate entry '138…' for key 'phone'»), and messages end
/// up in logs: only the names of columns, keys and tables stay.
std::string without_values(std::string_view message) {
    constexpr std::array<std::string_view, 4> namers{"column ", "key ", "able ", "schema "};
    std::string out;
    for (std::size_t at = 0; at < message.size();) {
        const bool names =
            std::ranges::any_of(namers, [&](std::string_view namer) { return out.ends_with(namer); });
        const auto end = message.find('\'', at + 1);
        const bool apostrophe = !out.empty() && std::isalpha(static_cast<unsigned char>(out.back())) != 0;
        if (message[at] != '\'' || apostrophe) {
            out += message[at++];
        } else if (names && end != std::string_view::npos) {
            out += message.substr(at, end + 1 - at);
            at = end + 1;
        } else {
            // A value may hold quotes itself, so everything up to the last one goes.
            const auto key = message.rfind(" for ");
            const bool more = key != std::string_view::npos && key > at;
            out += "'…'";
            at = more ? key : std::max(message.rfind('\'') + 1, at + 1);
        }
    }
    return out;
}

SqlError translated(const ::sql::SQLException& error) {
    return {error.getErrorCode(), without_values(error.what())};
}

/// Whether the text begins with SELECT or SHOW, in the writing that our code uses.
bool only_reads(std::string_view sql) {
    const auto begin = sql.find_first_not_of(" \n\t(");
    if (begin == std::string_view::npos) return false;
    const auto text = sql.substr(begin);
    return text.starts_with("SELECT") || text.starts_with("SHOW") || text.starts_with("WITH");
}

/// A row that somebody holds longer (an administrator's forgotten transaction) costs who wants it a 503, and
/// not all threads of the pool. Two seconds of the usual six: less than what Vitals takes for a server that
/// hangs.
std::chrono::seconds row_lock_wait(const PoolOptions& options) {
    return std::max(std::chrono::seconds{2}, options.io_timeout / 3);
}

std::string set_up(const PoolOptions& options) {
    // MariaDB reads the part that others take for a comment: the server, too, gives up on endless statements.
    return "SET SESSION autocommit = 0, time_zone = '+00:00', sql_mode = "
           "'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
           "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION' /*M!100100 , max_statement_time = " +
           std::to_string(options.io_timeout.count()) +
           " */, innodb_lock_wait_timeout = " + std::to_string(row_lock_wait(options).count());
}

/// Believes no setting: the server says how we talk.
void expect_tls(::sql::Statement& statement) {
    const std::unique_ptr<::sql::ResultSet> rows{
        statement.executeQuery("SHOW SESSION STATUS LIKE 'Ssl_cipher'")};
    if (rows->next() && !rows->getString(2).asStdString().empty()) return;
    throw SqlError{2026, "the database speaks without TLS, which database-tls-ca forbids"};
}

}  // namespace

void load_driver() { driver(); }

Connection::Connection(const PoolOptions& options) try
    : outbox_keys_{options.outbox_keys}, turned_clock_{options.clock}, vitals_{options.vitals} {
    const auto seconds = static_cast<int>(options.io_timeout.count());
    ::sql::ConnectOptionsMap properties;
    const auto host = options.socket.empty() ? "tcp://" + options.host + ":" + std::to_string(options.port)
                                             : "unix://" + options.socket;
    properties["hostName"] = ::sql::SQLString{host};
    properties["userName"] = ::sql::SQLString{options.user};
    properties["password"] = ::sql::SQLString{options.password};
    if (!options.schema.empty()) properties["schema"] = ::sql::SQLString{options.schema};
    properties["OPT_CONNECT_TIMEOUT"] = std::min(seconds, 5);
    // The server gives up first and says why; else a long wait would look like a lost connection.
    properties["OPT_READ_TIMEOUT"] = seconds + 1;
    properties["OPT_WRITE_TIMEOUT"] = seconds;
    if (!options.tls_ca.empty()) {
        properties["sslCA"] = ::sql::SQLString{options.tls_ca};
        properties["sslVerify"] =
            true;  // Without it the driver goes on in the clear when the server has no TLS.
    }
    properties["CLIENT_FOUND_ROWS"] = true;  // UPDATE counts the rows it matched.
    connection_.reset(driver().connect(properties));
    connection_->setTransactionIsolation(options.snapshot ? ::sql::TRANSACTION_REPEATABLE_READ
                                                          : ::sql::TRANSACTION_READ_COMMITTED);
    statement_.reset(connection_->createStatement());
    if (!options.tls_ca.empty()) expect_tls(*statement_);
    statement_->execute(set_up(options));
} catch (const ::sql::SQLException& error) {
    throw translated(error);
}

Connection::~Connection() = default;

void Connection::fail(const SqlError& error) {
    if (error.connection_lost() || error.worth_repeating()) fatal_ = error;
    throw error;
}

std::uint64_t Connection::run(const std::string& sql) {
    if (fatal_) throw *fatal_;
    wrote_ = true;
    const Vitals::Writing writing{vitals_};
    try {
        statement_->execute(sql);
        return statement_->getUpdateCount();
    } catch (const ::sql::SQLException& error) {
        fail(translated(error));
    }
}

Rows Connection::ask(const std::string& sql) {
    if (fatal_) throw *fatal_;
    wrote_ = wrote_ || !only_reads(sql);
    try {
        auto statement = std::unique_ptr<::sql::Statement>{connection_->createStatement()};
        auto rows = std::unique_ptr<::sql::ResultSet>{statement->executeQuery(sql)};
        return Rows{std::make_unique<DriverRows>(std::move(statement), std::move(rows))};
    } catch (const ::sql::SQLException& error) {
        fail(translated(error));
    }
}

void Connection::begin() {
    wrote_ = false;
    fatal_.reset();
    forget_time();
}

// The driver's own commit() and rollback() swallow every failure, so these are statements like others.

void Connection::commit() try {
    const Vitals::Writing writing{wrote_ ? vitals_ : nullptr};
    statement_->execute("COMMIT");
} catch (const ::sql::SQLException& error) {
    throw translated(error);
}

void Connection::rollback() try {
    statement_->execute("ROLLBACK");
} catch (const ::sql::SQLException& error) {
    throw translated(error);
}

}  // namespace shanhai::database
