#pragma once

#include "chassis/database/session.hpp"
#include "messages/domain/message.hpp"

#include <vector>

namespace shanhai::messages {

/// Tells an organisation; what it was told before is not told again. Whoever did it knows: it is read by
/// `author`; 0: nobody did.
void tell(database::Session& session, OrganisationId to, const News& news, AccountId author = {});

/// Tells the house that sells the product which the news are about, now or once it is known whose that is.
void tell_seller(database::Session& session, const News& news);
/// Somebody said who sells that product: tells what waited for it.
void deliver(database::Session& session, ProductId product);
/// It is not known of which products somebody said so, or may be trusted again.
void deliver_all(database::Session& session);

/// Of what was told of that subject before that moment, or is still to be told of it, these kinds wait for
/// nobody any more: of one organisation, or of all.
void settle(database::Session& session, const std::vector<Kind>& kinds, std::uint64_t subject, Instant before,
            std::optional<OrganisationId> only = std::nullopt);

/// How far an account has read: through one message, and single ones behind it.
struct ReadMark {
    AccountId account{};
    MessageId through{};
};

/// Whose messages, and which of them.
struct Wanted {
    std::vector<OrganisationId> organisations;  ///< Not empty.
    ReadMark read;                              ///< By whom, and how far.
    bool unread_only = false;
    std::optional<Kind> kind{};
    MessageId before{};  ///< Behind which place in the list; 0: from its beginning.
};

/// At most `count`, the newest first.
std::vector<Message> find_messages(database::Session& session, const Wanted& wanted, std::size_t count);
/// How many are unread, counted no farther than `most`, whatever `wanted` filters; of whoever has read more
/// than a thousand singly beyond the mark, only among the newest.
std::int64_t count_unread(database::Session& session, const Wanted& wanted, std::int64_t most);
/// Whether one of these organisations has it.
bool has_message(database::Session& session, const std::vector<OrganisationId>& organisations, MessageId id);

ReadMark read_mark(database::Session& session, AccountId account);
/// Never goes back.
void mark_read(database::Session& session, AccountId account, MessageId through);
/// What these organisations were told about that thing before it was seen is read by whoever's mark that is;
/// of what was told about nothing of the kind, nothing.
void mark_opened(database::Session& session, const Wanted& wanted, const Opened& opened);

/// Forgets at most `count` of what was told, or waits since, before those moments; how many.
std::size_t forget(database::Session& session, Instant told_before, Instant waiting_before,
                   std::size_t count);

}  // namespace shanhai::messages
