#pragma once

#include "chassis/security/key_ring.hpp"
#include "vocabulary/clock.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace shanhai::database {

/// A value on its way into SQL, already rendered as a literal that the server cannot misread:
/// numbers as digits, texts quoted and escaped, bytes as _binary literals, moments as DATETIME(6) in UTC.
class Literal {
public:
    template <class Integer>
    requires std::is_integral_v<Integer> Literal(Integer value) : text_{std::to_string(value)} {}
    template <class Id>
    requires std::is_enum_v<Id> Literal(Id id) : Literal{static_cast<std::underlying_type_t<Id>>(id)} {}
    Literal(std::string_view text);
    Literal(const char* text) : Literal{std::string_view{text}} {}
    Literal(const std::string& text) : Literal{std::string_view{text}} {}
    Literal(Instant at);
    Literal(Date day);
    Literal(std::nullptr_t) : text_{"NULL"} {}
    template <class T>
    Literal(const std::optional<T>& value) : Literal{value ? Literal{*value} : Literal{nullptr}} {}

    /// Binary data; a std::string of bytes would otherwise count as text.
    static Literal bytes(std::string_view data);

    const std::string& text() const { return text_; }

private:
    std::string text_;
};

/// One row of an answer. Columns count from 0. Reading NULL as a plain value throws.
class Rows {
public:
    /// Where they come from: the driver's answer, or what stands in for it.
    class Source {
    public:
        virtual ~Source() = default;
        virtual bool next() = 0;
        virtual bool null(unsigned column) const = 0;
        /// Throws when the value is NULL: the caller asked for a plain one.
        virtual std::string text(unsigned column) const = 0;
    };
    explicit Rows(std::unique_ptr<Source> source);
    Rows(Rows&&) noexcept;
    Rows& operator=(Rows&&) noexcept;
    ~Rows();

    /// Moves to the next row; false when there is none. Call it before reading the first.
    bool next();

    bool null(unsigned column) const;
    std::int64_t integer(unsigned column) const;
    std::uint64_t natural(unsigned column) const;
    std::string text(unsigned column) const;  ///< Texts and bytes alike.
    Instant instant(unsigned column) const;   ///< DATETIME(6) in UTC.
    Date date(unsigned column) const;
    std::optional<std::int64_t> optional_integer(unsigned column) const;
    std::optional<std::string> optional_text(unsigned column) const;
    std::optional<Instant> optional_instant(unsigned column) const;
    std::optional<Date> optional_date(unsigned column) const;

    template <class Id>
    requires std::is_enum_v<Id> Id id(unsigned column)
    const { return static_cast<Id>(natural(column)); }

private:
    std::unique_ptr<Source> source_;
};

/// What the server said no to; `code` is its number (1062 duplicate, 1213 deadlock, 2013 lost …). The text
/// holds no values of columns, so that it may be logged.
class SqlError : public std::runtime_error {
public:
    SqlError(int code, const std::string& message) : std::runtime_error{message}, code_{code} {}
    int code() const { return code_; }
    bool duplicate() const { return code_ == 1062; }
    /// The connection is of no more use: the client's own codes, and a server that shuts down (1053), killed
    /// the connection (1927) or is not part of its cluster now (1047).
    bool connection_lost() const {
        return (code_ >= 2000 && code_ < 3000) || code_ == 1047 || code_ == 1053 || code_ == 1927;
    }
    /// A deadlock, or a lock that was not granted in time.
    bool worth_repeating() const { return code_ == 1213 || code_ == 1205; }
    /// The statement took longer than the server allows it, or somebody ended it (KILL QUERY).
    bool timed_out() const { return code_ == 1969 || code_ == 1317; }
    /// The fault lies with the server, not with what was asked, and passes: a lost connection, a lock, a time
    /// limit, and all that it refuses whoever asks (read-only, disk or memory full, too many connections,
    /// rights taken away). Wait and ask the same again; never judge by it what was asked.
    bool passing() const;

private:
    int code_;
};

/// One connection inside one transaction. Every value goes in through a `?`. After a deadlock or a lost
/// connection every further call throws the same SqlError, and the transaction is not committed.
class Session {
public:
    virtual ~Session() = default;

    /// Runs a statement and returns how many rows it matched.
    template <class... Values>
    std::uint64_t execute(std::string_view sql, const Values&... values) {
        return run(bind(sql, {Literal{values}...}));
    }
    template <class... Values>
    Rows query(std::string_view sql, const Values&... values) {
        return ask(bind(sql, {Literal{values}...}));
    }
    /// The AUTO_INCREMENT id that the last INSERT of this session made.
    std::uint64_t last_insert_id();
    /// The time for what is decided and written here, UTC: the database's, so that all copies of a service
    /// keep one deadline however wrong their machines' clocks are; a test's, when it turns one
    /// (PoolOptions::clock).
    Instant now() {
        const auto* turned = turned_clock();
        return turned == nullptr ? database_now() : turned->now();
    }
    /// The database's clock, whatever a test turns: for what copies of a service settle among themselves
    /// (leases, freshness). Asked once a transaction; then it goes on by our own steady clock.
    Instant database_now();

    /// SQL with its values filled in; a '?' in quotes or comments is no placeholder, nor is one inside a
    /// value. Throws std::logic_error when the counts differ.
    static std::string bind(std::string_view sql, std::initializer_list<Literal> values);

    /// What a test turns; null where nobody does.
    virtual const Clock* turned_clock() const { return nullptr; }
    /// What a transaction counts on by, once it was told the time.
    virtual const Clock& counting_clock() const;

    /// What seals the facts that this session writes to its outbox; empty where it may write none.
    virtual const security::KeyRing& outbox_keys() const;

    virtual std::uint64_t run(const std::string& sql) = 0;
    virtual Rows ask(const std::string& sql) = 0;

protected:
    /// What the clock said is of an earlier transaction.
    void forget_time() { told_.reset(); }

private:
    struct Told {
        Instant time;
        Clock::Steady heard;
    };
    std::optional<Told> told_;
};

/// Builds `INSERT INTO … (…) VALUES (…),(…)`, however many rows, and splits it before it outgrows
/// the server's packet limit.
class Insert {
public:
    /// `head` is "INSERT INTO lines (order_id, quantity) VALUES", `tail` for example an
    /// ON DUPLICATE KEY UPDATE clause.
    explicit Insert(std::string head, std::string tail = {});

    /// Adds a row; every row has as many values as the first (else std::logic_error).
    template <class... Values>
    Insert& row(const Values&... values) {
        return add({Literal{values}...});
    }
    bool empty() const { return rows_ == 0; }
    std::size_t rows() const { return rows_; }
    /// Sends what was added; nothing when there is nothing. Returns the rows affected.
    std::uint64_t run(Session& session);

private:
    Insert& add(std::initializer_list<Literal> values);

    std::string head_;
    std::string tail_;
    std::vector<std::string> statements_;  // Each below the packet limit.
    std::size_t columns_ = 0;
    std::size_t rows_ = 0;
};

}  // namespace shanhai::database
