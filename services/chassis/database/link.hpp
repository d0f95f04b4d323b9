#pragma once

#include "chassis/database/session.hpp"

#include <optional>

namespace shanhai::database {

/// What a Pool needs of a connection: the session that work sees, and the ends of its transactions.
class Link : public Session {
public:
    virtual void commit() = 0;
    virtual void rollback() = 0;

    /// Forgets what is known of the last transaction.
    virtual void begin() = 0;
    /// Whether this transaction asked for more than reading, so that its COMMIT matters.
    virtual bool wrote() const = 0;
    /// A failure after which the transaction cannot go on, even if the work swallowed the exception:
    /// a lost connection, a deadlock, a lock that was not granted.
    virtual const std::optional<SqlError>& fatal() const = 0;
};

}  // namespace shanhai::database
