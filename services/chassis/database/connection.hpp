#pragma once

#include "chassis/database/pool.hpp"

#include <memory>
#include <string>

namespace sql {
class Connection;
class Statement;
}  // namespace sql

namespace shanhai::database {

/// One connection to the server, and the session that work sees. Not for other folders: use a Pool.
class Connection final : public Session {
public:
    /// Connects and sets the session up; throws SqlError.
    explicit Connection(const PoolOptions& options);
    ~Connection() override;

    std::uint64_t run(const std::string& sql) override;
    Rows ask(const std::string& sql) override;
    const security::KeyRing& outbox_keys() const override { return outbox_keys_; }
    const Clock* turned_clock() const override { return turned_clock_; }

    void commit();
    void rollback();

    /// Forgets what is known of the last transaction.
    void begin();
    /// Whether this transaction asked for more than reading, so that its COMMIT matters.
    bool wrote() const { return wrote_; }
    /// A failure after which the transaction cannot go on, even if the work swallowed the exception:
    /// a lost connection, a deadlock, a lock that was not granted.
    const std::optional<SqlError>& fatal() const { return fatal_; }

private:
    [[noreturn]] void fail(const SqlError& error);

    const security::KeyRing outbox_keys_;
    const Clock* const turned_clock_;
    Vitals* const vitals_;
    std::unique_ptr<::sql::Connection> connection_;
    std::unique_ptr<::sql::Statement> statement_;
    bool wrote_ = false;
    std::optional<SqlError> fatal_;
};

/// Loads the driver. The driver's registry is an unguarded static map: call this before threads race for it.
void load_driver();

}  // namespace shanhai::database
