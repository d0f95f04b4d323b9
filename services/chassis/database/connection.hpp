#pragma once

#include "chassis/database/link.hpp"
#include "chassis/database/pool.hpp"

#include <memory>
#include <string>

namespace sql {
class Connection;
class Statement;
}  // namespace sql

namespace shanhai::database {

/// One connection to the server. Not for other folders: use a Pool.
class Connection final : public Link {
public:
    /// Connects and sets the session up; throws SqlError.
    explicit Connection(const PoolOptions& options);
    ~Connection() override;

    std::uint64_t run(const std::string& sql) override;
    Rows ask(const std::string& sql) override;
    const security::KeyRing& outbox_keys() const override { return outbox_keys_; }
    const Clock* turned_clock() const override { return turned_clock_; }

    void commit() override;
    void rollback() override;
    void begin() override;
    bool wrote() const override { return wrote_; }
    const std::optional<SqlError>& fatal() const override { return fatal_; }

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
