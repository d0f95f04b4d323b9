#pragma once

#include "chassis/database/pool.hpp"
#include "messages/domain/message.hpp"

#include <vector>

namespace shanhai::messages {

/// Who reads: an account, and whose messages it may see.
struct Reader {
    AccountId account{};
    std::vector<OrganisationId> organisations;  ///< Its own, and 0 for an operator; none: it sees nothing.
};

/// Which messages a list shows, and behind which place in it.
struct Filter {
    bool unread_only = false;
    std::optional<Kind> kind{};
    MessageId before{};  ///< 0: from the newest on.
};

/// How many messages somebody has not read.
struct Unread {
    std::int64_t count = 0;  ///< At most Inbox::unread_max.
    Instant as_of{};         ///< By the clock by which messages are told.
};

/// The messages of organisations, and how far each account has read them.
class Inbox {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    /// Unread ones are counted no farther: whoever has so many needs no figure.
    static constexpr std::int64_t unread_max = 100;

    explicit Inbox(database::Pool& pool) : pool_{pool} {}

    /// At most `count`, the newest first.
    Awaitable<std::vector<Message>> list(Reader reader, Filter filter, std::size_t count) const;
    Awaitable<Unread> count_unread(Reader reader) const;
    /// Through that message all are read, also when it was read farther before. How many are unread now. 422
    /// `/through` for what is no message of theirs.
    Awaitable<Unread> mark_read(Reader reader, MessageId through) const;
    /// What was told about that thing before it was seen is read, by this account alone; nothing where
    /// nothing was. How many are unread now.
    Awaitable<Unread> mark_opened(Reader reader, Opened opened) const;

private:
    database::Pool& pool_;
};

}  // namespace shanhai::messages
