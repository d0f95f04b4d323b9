#include "simulator/memory_link.hpp"

#include <stdexcept>

namespace shanhai::simulator {
namespace {

constexpr int cannot_connect = 2002;
constexpr int connection_lost = 2013;
constexpr int deadlock = 1213;

class MemoryRows final : public database::Rows::Source {
public:
    explicit MemoryRows(std::vector<MemoryDatabase::Row> rows) : rows_{std::move(rows)} {}

    bool next() override { return ++read_ <= rows_.size(); }
    bool null(unsigned column) const override { return !rows_[read_ - 1].at(column); }
    std::string text(unsigned column) const override {
        const auto& value = rows_[read_ - 1].at(column);
        if (!value) throw std::runtime_error{"a column is NULL and was read as a value"};
        return *value;
    }

private:
    std::vector<MemoryDatabase::Row> rows_;
    std::size_t read_ = 0;
};

}  // namespace

MemoryLink::MemoryLink(Trouble& trouble) : trouble_{trouble} {
    if (trouble_.crashed) throw database::SqlError{cannot_connect, "the process has crashed"};
}

MemoryLink::~MemoryLink() {
    if (open_) end("ROLLBACK");
}

std::uint64_t MemoryLink::run(const std::string& sql) {
    expect_sound();
    wrote_ = true;
    return trouble_.database.run(sql);
}

database::Rows MemoryLink::ask(const std::string& sql) {
    expect_sound();
    return database::Rows{std::make_unique<MemoryRows>(trouble_.database.ask(sql))};
}

void MemoryLink::begin() {
    forget_time();
    if (trouble_.strikes(trouble_.faults.other_first) && trouble_.others_first) trouble_.others_first();
    wrote_ = false;
    fatal_.reset();
    if (trouble_.strikes(trouble_.faults.crash)) trouble_.crashed = true;
}

void MemoryLink::commit() {
    if (!open_) return;
    if (trouble_.crashed || trouble_.strikes(trouble_.faults.commit_undone)) {
        lose_connection("lost before COMMIT");
    }
    end("COMMIT");
    if (!wrote_) return;
    if (trouble_.strikes(trouble_.faults.crash)) trouble_.crashed = true;
    if (trouble_.crashed || trouble_.strikes(trouble_.faults.commit_lost))
        lose_connection("lost after COMMIT");
}

void MemoryLink::rollback() {
    if (open_) end("ROLLBACK");
}

void MemoryLink::expect_sound() {
    if (fatal_) throw database::SqlError{*fatal_};
    if (!open_) {
        if (trouble_.database.in_transaction()) throw std::logic_error{"two transactions at once"};
        trouble_.database.run("BEGIN");
        open_ = true;
    }
    // A transaction has a dozen statements and two ends.
    if (trouble_.strikes(trouble_.faults.crash) && trouble_.strikes(100)) trouble_.crashed = true;
    if (trouble_.crashed || trouble_.strikes(trouble_.faults.connection_lost)) {
        lose_connection("lost inside a transaction");
    }
    if (trouble_.strikes(trouble_.faults.deadlock)) fail(deadlock, "a deadlock");
}

void MemoryLink::fail(int code, const char* why) {
    if (open_) end("ROLLBACK");
    fatal_.emplace(code, why);
    throw database::SqlError{*fatal_};
}

void MemoryLink::lose_connection(const char* why) { fail(connection_lost, why); }

void MemoryLink::end(const char* how) {
    open_ = false;
    trouble_.database.run(how);
}

}  // namespace shanhai::simulator
