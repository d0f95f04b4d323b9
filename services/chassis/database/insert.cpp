#include "chassis/database/session.hpp"

namespace shanhai::database {
namespace {

/// A statement is sent before it grows beyond this; the server's packets end at 16 MiB.
constexpr std::size_t statement_bytes_max = 4U << 20U;

}  // namespace

Insert::Insert(std::string head, std::string tail) : head_{std::move(head)}, tail_{std::move(tail)} {}

Insert& Insert::add(std::initializer_list<Literal> values) {
    if (values.size() == 0) throw std::logic_error{"a row without values: " + head_};
    if (rows_ == 0) columns_ = values.size();
    if (values.size() != columns_) throw std::logic_error{"a row of another width: " + head_};
    std::size_t bytes = 3;
    for (const auto& value : values) bytes += value.text().size() + 1;
    if (statements_.empty() || statements_.back().size() + bytes > statement_bytes_max) {
        statements_.push_back(head_ + ' ');
    } else {
        statements_.back() += ',';
    }
    auto& statement = statements_.back();
    char before = '(';
    for (const auto& value : values) {
        statement += before;
        statement += value.text();
        before = ',';
    }
    statement += ')';
    ++rows_;
    return *this;
}

std::uint64_t Insert::run(Session& session) {
    std::uint64_t affected = 0;
    for (const auto& statement : statements_) {
        affected += session.run(tail_.empty() ? statement : statement + ' ' + tail_);
    }
    return affected;
}

}  // namespace shanhai::database
