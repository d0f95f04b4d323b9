#include "chassis/database/accounts.hpp"

#include <algorithm>
#include <array>

namespace shanhai::database {
namespace {

constexpr std::string_view runtime_rights = "SELECT, INSERT, UPDATE, DELETE";
constexpr std::string_view owner_rights =
    "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES";

std::string quoted_name(std::string_view name) {
    std::string out{"`"};
    for (const char c : name) out += c == '`' ? std::string{"``"} : std::string{c};
    return out + "`";
}

/// In GRANT, and only there, `_` and `%` in a schema's name stand for other characters.
std::string literal_pattern(std::string_view schema) {
    std::string out;
    for (const char c : schema) {
        if (c == '_' || c == '%' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::vector<std::string> hosts_of(const std::string& client_host) {
    if (client_host != "localhost") return {client_host};
    return {"localhost", "127.0.0.1", "::1"};
}

void make_account(std::vector<std::string>& sql, const std::string& user, const std::string& host,
                  const std::string& password, std::string_view rights, const std::string& schema) {
    const auto account = Literal{user}.text() + '@' + Literal{host}.text();
    const auto secret = Literal{password}.text();
    sql.push_back("CREATE USER IF NOT EXISTS " + account + " IDENTIFIED BY " + secret);
    sql.push_back("ALTER USER " + account + " IDENTIFIED BY " + secret);
    sql.push_back("REVOKE ALL PRIVILEGES, GRANT OPTION FROM " + account);
    sql.push_back("GRANT " + std::string{rights} + " ON " + quoted_name(literal_pattern(schema)) + ".* TO " +
                  account);
}

bool only_rows(std::string_view rights) {
    static constexpr std::array<std::string_view, 4> allowed{"SELECT", "INSERT", "UPDATE", "DELETE"};
    while (!rights.empty()) {
        const auto comma = std::min(rights.find(", "), rights.size());
        if (std::ranges::find(allowed, rights.substr(0, comma)) == allowed.end()) return false;
        rights.remove_prefix(std::min(comma + 2, rights.size()));
    }
    return true;
}

}  // namespace

std::vector<std::string> account_statements(const Accounts& accounts) {
    std::vector<std::string> sql{"CREATE DATABASE IF NOT EXISTS " + quoted_name(accounts.schema) +
                                 " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"};
    const auto owner = accounts.schema + "_owner";
    for (const auto& host : hosts_of(accounts.client_host)) {
        make_account(sql, accounts.schema, host, accounts.password, runtime_rights, accounts.schema);
        make_account(sql, owner, host, accounts.owner_password, owner_rights, accounts.schema);
    }
    if (accounts.client_host == "%") return sql;
    for (const auto& user : {accounts.schema, owner}) {
        sql.push_back("DROP USER IF EXISTS " + Literal{user}.text() + "@'%'");
    }
    return sql;
}

std::string excess_of(const std::string& grant, const std::string& schema) {
    constexpr std::string_view begin = "GRANT ";
    const auto on = grant.find(" ON ");
    const auto to = grant.find(" TO ", on == std::string::npos ? 0 : on);
    if (!grant.starts_with(begin) || on == std::string::npos || to == std::string::npos)
        return grant.substr(0, 20);
    const auto rights = grant.substr(begin.size(), on - begin.size());
    const auto where = grant.substr(on + 4, to - on - 4);
    const bool passes_on = grant.find("WITH GRANT OPTION") != std::string::npos;
    if (rights == "USAGE" && !passes_on) return {};
    const bool own = where == quoted_name(literal_pattern(schema)) + ".*";
    if (own && only_rows(rights) && !passes_on) return {};
    return rights + " ON " + where + (passes_on ? " WITH GRANT OPTION" : "");
}

Result<std::vector<std::string>> excessive_rights(Pool& pool) {
    const auto& schema = pool.options().schema;
    return pool.transact_blocking([&](Session& session) -> Result<std::vector<std::string>> {
        std::vector<std::string> excess;
        auto rows = session.ask("SHOW GRANTS");
        while (rows.next()) {
            if (auto one = excess_of(rows.text(0), schema); !one.empty()) excess.push_back(std::move(one));
        }
        return excess;
    });
}

}  // namespace shanhai::database
