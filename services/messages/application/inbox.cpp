#include "messages/application/inbox.hpp"

#include "messages/store/message_rows.hpp"

namespace shanhai::messages {
namespace {

using database::Session;

Wanted all_of(Session& session, const Reader& reader) {
    return {.organisations = reader.organisations, .read = read_mark(session, reader.account)};
}

Unread unread_of(Session& session, const Reader& reader) {
    Unread unread;
    unread.as_of = session.now();
    if (!reader.organisations.empty()) {
        unread.count = count_unread(session, all_of(session, reader), Inbox::unread_max);
    }
    return unread;
}

}  // namespace

Inbox::Awaitable<std::vector<Message>> Inbox::list(Reader reader, Filter filter, std::size_t count) const {
    if (reader.organisations.empty()) co_return std::vector<Message>{};
    auto work = [reader = std::move(reader), filter,
                 count](Session& session) -> Result<std::vector<Message>> {
        const Wanted wanted{reader.organisations, read_mark(session, reader.account), filter.unread_only,
                            filter.kind, filter.before};
        return find_messages(session, wanted, count);
    };
    co_return co_await pool_.transact(std::move(work));
}

Inbox::Awaitable<Unread> Inbox::count_unread(Reader reader) const {
    auto work = [reader = std::move(reader)](Session& session) -> Result<Unread> {
        return unread_of(session, reader);
    };
    co_return co_await pool_.transact(std::move(work));
}

Inbox::Awaitable<Unread> Inbox::mark_read(Reader reader, MessageId through) const {
    auto work = [reader = std::move(reader), through](Session& session) -> Result<Unread> {
        if (reader.organisations.empty() || !has_message(session, reader.organisations, through)) {
            return invalid_field("/through", "is no message of yours");
        }
        messages::mark_read(session, reader.account, through);
        return unread_of(session, reader);
    };
    co_return co_await pool_.transact(std::move(work));
}

Inbox::Awaitable<Unread> Inbox::mark_opened(Reader reader, Opened opened) const {
    auto work = [reader = std::move(reader), opened](Session& session) -> Result<Unread> {
        if (!reader.organisations.empty()) messages::mark_opened(session, all_of(session, reader), opened);
        return unread_of(session, reader);
    };
    co_return co_await pool_.transact(std::move(work));
}

}  // namespace shanhai::messages
