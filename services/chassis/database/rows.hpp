#pragma once

#include "chassis/database/session.hpp"

#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <memory>

namespace shanhai::database {

/// The driver's buffered answer; the statement must outlive the rows. Not for other folders.
class DriverRows final : public Rows::Source {
public:
    DriverRows(std::unique_ptr<::sql::Statement> statement, std::unique_ptr<::sql::ResultSet> rows)
        : statement_{std::move(statement)}, rows_{std::move(rows)} {}

    bool next() override { return rows_->next(); }
    bool null(unsigned column) const override;
    std::string text(unsigned column) const override;

private:
    std::unique_ptr<::sql::Statement> statement_;
    std::unique_ptr<::sql::ResultSet> rows_;
};

}  // namespace shanhai::database
