#pragma once

#include "chassis/database/link.hpp"
#include "simulator/faults.hpp"
#include "simulator/memory_database.hpp"

#include <functional>

namespace shanhai::simulator {

/// What a process meets on its way to the database.
struct Trouble {
    MemoryDatabase& database;
    const security::KeyRing& keys;
    Chance* chance = nullptr;  ///< Nothing: all is well.
    Faults faults{};
    bool crashed = false;                  ///< From now on nothing that this process says is heard.
    std::function<void()> others_first{};  ///< Between two transactions.

    bool strikes(unsigned share) const { return chance != nullptr && chance->permille(share); }
};

/// A connection of a process that is simulated. A crash cuts it off for good; what the process does until it
/// returns comes to nothing, as if it had died at once.
class MemoryLink final : public database::Link {
public:
    /// Throws SqlError when the process has crashed.
    explicit MemoryLink(Trouble& trouble);
    ~MemoryLink() override;

    std::uint64_t run(const std::string& sql) override;
    database::Rows ask(const std::string& sql) override;
    const security::KeyRing& outbox_keys() const override { return trouble_.keys; }
    const Clock& counting_clock() const override { return trouble_.database.clock(); }

    void begin() override;
    void commit() override;
    void rollback() override;
    bool wrote() const override { return wrote_; }
    const std::optional<database::SqlError>& fatal() const override { return fatal_; }

private:
    void expect_sound();
    [[noreturn]] void fail(int code, const char* why);
    void lose_connection(const char* why);
    void end(const char* how);

    Trouble& trouble_;
    bool open_ = false;
    bool wrote_ = false;
    std::optional<database::SqlError> fatal_;
};

}  // namespace shanhai::simulator
