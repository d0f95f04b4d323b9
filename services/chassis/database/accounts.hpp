#pragma once

#include "chassis/database/pool.hpp"

#include <string>
#include <vector>

namespace shanhai::database {

/// The two accounts of one service: the run-time account has the schema's name and may read and write rows
/// there, nothing else; the owner, "<schema>_owner", may change its tables, and is used for migrations only.
struct Accounts {
    std::string schema;
    std::string password;
    std::string owner_password;
    /// Where they may connect from: a host or a pattern of MySQL's. "localhost" means this machine, by socket
    /// or by loopback addresses, whether or not the server resolves names.
    std::string client_host = "localhost";
};

/// The SQL that makes the schema and both accounts, or corrects what they may: rights that they had beyond
/// this are taken away, and so are their namesakes that might connect from anywhere. For an administrator's
/// client; can be run again at any time, while the service runs too.
std::vector<std::string> account_statements(const Accounts& accounts);

/// What the pool's account may do beyond what a service needs at run time, as the server words it ("ALL
/// PRIVILEGES ON `shanhai_orders`.*"); empty when nothing.
Result<std::vector<std::string>> excessive_rights(Pool& pool);

/// The part of a GRANT statement between GRANT and TO when it gives more than rows of `schema`; else empty.
std::string excess_of(const std::string& grant, const std::string& schema);

}  // namespace shanhai::database
