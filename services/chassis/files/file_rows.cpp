#include "chassis/files/file_rows.hpp"

#include "chassis/database/in_list.hpp"
#include "chassis/database/stored_name.hpp"
#include "chassis/database/unique.hpp"

namespace shanhai::files {

using database::Insert;
using database::Literal;
using database::Rows;
using database::Session;

namespace {

const std::string file_columns =
    "SELECT file_id, owner, name, media_type, size_bytes, sha256, received_bytes, state, refusal, at, "
    "COALESCE(holder, '') FROM file ";

File file_of(const Rows& rows) {
    return {.id = rows.id<FileId>(0),
            .owner = rows.natural(1),
            .holder = rows.text(10),
            .said = {.name = rows.text(2),
                     .media_type = database::stored_name<MediaType>(rows.text(3)),
                     .size_bytes = rows.integer(4),
                     .sha256 = rows.text(5)},
            .received_bytes = rows.integer(6),
            .state = database::stored_name<FileState>(rows.text(7)),
            .refusal = rows.text(8),
            .at = rows.instant(9),
            .forms = {}};
}

std::optional<File> one_of(Session& session, Rows rows) {
    if (!rows.next()) return std::nullopt;
    auto file = file_of(rows);
    if (file.state == FileState::stored) file.forms = forms_of(session, file.said.sha256);
    return file;
}

void drop_pieces(Session& session, FileId id) {
    session.execute("DELETE FROM file_piece WHERE file_id = ?", id);
}

/// Whoever else would count what this owner has waits.
void lock_owner(Session& session, std::uint64_t owner) {
    session.execute("INSERT INTO file_owner (owner) VALUES (?) ON DUPLICATE KEY UPDATE owner = owner", owner);
    session.query("SELECT owner FROM file_owner WHERE owner = ? FOR UPDATE", owner);
}

/// The content goes with the last file of it. Whoever keeps the same at this moment waits, and then keeps it
/// anew.
void drop_unused(Session& session, const std::string& sha256) {
    const auto content = Literal::bytes(sha256);
    session.query("SELECT form FROM content WHERE sha256 = ? FOR UPDATE", content);
    auto others = session.query(
        "SELECT 1 FROM file WHERE sha256 = ? AND state = 'STORED' LIMIT 1 LOCK IN SHARE MODE", content);
    if (others.next()) return;
    session.execute("DELETE FROM content_piece WHERE sha256 = ?", content);
    session.execute("DELETE FROM content WHERE sha256 = ?", content);
}

/// The bytes of one content, in pieces that a statement can hold.
void insert_content(Session& session, const std::string& sha256, const MadeForm& made) {
    constexpr std::size_t piece = 1024UL * 1024;
    const auto& form = made.form;
    // Whoever keeps the same content at the same moment waits here, and then finds it kept.
    const bool fresh = database::update_unique(
        session,
        "INSERT INTO content (sha256, form, media_type, width, height, size_bytes) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        Literal::bytes(sha256), form.name, form.media_type, form.width, form.height, made.bytes.size());
    if (!fresh) return;
    for (std::size_t at = 0; at < made.bytes.size(); at += piece) {
        session.execute("INSERT INTO content_piece (sha256, form, at_byte, bytes) VALUES (?, ?, ?, ?)",
                        Literal::bytes(sha256), form.name, at,
                        Literal::bytes(std::string_view{made.bytes}.substr(at, piece)));
    }
}

}  // namespace

Literal held_by(const std::string& holder) {
    return holder.empty() ? Literal{nullptr} : Literal::bytes(holder);
}

std::optional<File> find_file(Session& session, FileId id, FileHold hold) {
    const std::string lock = hold == FileHold::lock ? " FOR UPDATE" : "";
    return one_of(session, session.query(file_columns + "WHERE file_id = ?" + lock, id));
}

std::vector<File> stored_files(Session& session, const std::vector<FileId>& ids) {
    std::vector<File> found;
    if (ids.empty()) return found;
    auto rows = session.ask(file_columns + "WHERE state = 'STORED' AND file_id IN " + database::in_list(ids) +
                            " ORDER BY file_id");
    while (rows.next()) found.push_back(file_of(rows));
    for (auto& file : found) file.forms = forms_of(session, file.said.sha256);
    return found;
}

std::optional<File> find_stored(Session& session, std::uint64_t owner, const std::string& sha256,
                                const std::string& holder) {
    return one_of(session, session.query(file_columns + "WHERE sha256 = ? AND state = 'STORED' AND owner = ? "
                                                        "AND holder <=> ? ORDER BY file_id DESC LIMIT 1",
                                         Literal::bytes(sha256), owner, held_by(holder)));
}

std::optional<File> find_receiving(Session& session, const Uploader& uploader, const NewFile& said) {
    return one_of(session,
                  session.query(file_columns + "WHERE sha256 = ? AND state = 'RECEIVING' AND owner = ? "
                                               "AND holder <=> ? AND media_type = ? AND size_bytes = ? "
                                               "ORDER BY file_id DESC LIMIT 1",
                                Literal::bytes(said.sha256), uploader.organisation, held_by(uploader.holder),
                                wire_name(said.media_type), said.size_bytes));
}

Holdings lock_holdings(Session& session, std::uint64_t owner) {
    lock_owner(session, owner);
    auto rows = session.query(
        "SELECT COALESCE(SUM(state = 'RECEIVING'), 0), COALESCE(SUM(kept_bytes), 0) "
        "FROM file WHERE owner = ?",
        owner);
    rows.next();
    return {rows.integer(0), rows.integer(1)};
}

Held lock_held(Session& session, const std::string& holder) {
    lock_owner(session, Uploader::strangers);
    auto rows = session.query(
        "SELECT COALESCE(SUM(holder = ? AND state <> 'REFUSED'), 0), "
        "COALESCE(SUM(IF(state = 'RECEIVING', received_bytes, kept_bytes)), 0) "
        "FROM file WHERE holder IS NOT NULL",
        Literal::bytes(holder));
    rows.next();
    return {rows.integer(0), rows.integer(1)};
}

std::optional<FileId> claim(Session& session, const std::string& holder, const std::string& sha256) {
    auto rows = session.query(
        "SELECT file_id FROM file WHERE holder = ? AND sha256 = ? AND state = 'STORED' "
        "ORDER BY file_id DESC LIMIT 1 FOR UPDATE",
        Literal::bytes(holder), Literal::bytes(sha256));
    if (!rows.next()) return std::nullopt;
    const auto id = rows.id<FileId>(0);
    session.execute("UPDATE file SET holder = NULL WHERE file_id = ?", id);
    return id;
}

void renew(Session& session, FileId id) {
    session.execute("UPDATE file SET at = ? WHERE file_id = ?", session.now(), id);
}

FileId insert_file(Session& session, const NewFile& said, const Uploader& uploader) {
    session.execute(
        "INSERT INTO file (owner, name, media_type, size_bytes, sha256, received_bytes, kept_bytes, state, at, "
        "by_account, holder) VALUES (?, ?, ?, ?, ?, 0, ?, 'RECEIVING', ?, ?, ?)",
        uploader.organisation, said.name, wire_name(said.media_type), said.size_bytes,
        Literal::bytes(said.sha256), said.size_bytes, session.now(), uploader.account,
        held_by(uploader.holder));
    return FileId{session.last_insert_id()};
}

void append_piece(Session& session, const File& file, std::string_view bytes) {
    session.execute("INSERT INTO file_piece (file_id, at_byte, bytes) VALUES (?, ?, ?)", file.id,
                    file.received_bytes, Literal::bytes(bytes));
    session.execute("UPDATE file SET received_bytes = ? WHERE file_id = ?",
                    file.received_bytes + static_cast<std::int64_t>(bytes.size()), file.id);
}

std::string received(Session& session, const File& file) {
    std::string all;
    all.reserve(static_cast<std::size_t>(file.received_bytes));
    auto rows = session.query("SELECT bytes FROM file_piece WHERE file_id = ? ORDER BY at_byte", file.id);
    while (rows.next()) all += rows.text(0);
    return all;
}

void keep(Session& session, const File& file, const std::vector<MadeForm>& forms) {
    for (const auto& form : forms) insert_content(session, file.said.sha256, form);
    std::size_t bytes = 0;
    for (const auto& form : forms) bytes += form.bytes.size();
    session.execute("UPDATE file SET state = 'STORED', kept_bytes = ? WHERE file_id = ?", bytes, file.id);
    drop_pieces(session, file.id);
}

void refuse(Session& session, const File& file, const std::string& refusal) {
    session.execute("UPDATE file SET state = 'REFUSED', refusal = ?, kept_bytes = 0 WHERE file_id = ?",
                    refusal, file.id);
    drop_pieces(session, file.id);
}

std::optional<MadeForm> read_content(Session& session, const std::string& sha256, const std::string& form) {
    for (auto& kept : forms_of(session, sha256)) {
        if (kept.name != form) continue;
        MadeForm made{std::move(kept), {}};
        made.bytes.reserve(static_cast<std::size_t>(made.form.size_bytes));
        auto rows =
            session.query("SELECT bytes FROM content_piece WHERE sha256 = ? AND form = ? ORDER BY at_byte",
                          Literal::bytes(sha256), form);
        while (rows.next()) made.bytes += rows.text(0);
        return made;
    }
    return std::nullopt;
}

std::vector<Form> forms_of(Session& session, const std::string& sha256) {
    std::vector<Form> forms;
    auto rows = session.query(
        "SELECT form, media_type, width, height, size_bytes FROM content WHERE sha256 = ? "
        "ORDER BY width DESC, form",
        Literal::bytes(sha256));
    while (rows.next()) {
        forms.push_back({rows.text(0), rows.text(1), rows.integer(2), rows.integer(3), rows.integer(4)});
    }
    return forms;
}

std::uint64_t forget_unfinished(Session& session, Instant before, std::size_t count) {
    std::uint64_t gone = 0;
    for (const auto state : {FileState::receiving, FileState::refused}) {
        gone += session.execute("DELETE FROM file WHERE state = ? AND at < ? ORDER BY at LIMIT ?",
                                wire_name(state), before, count - gone);
    }
    return gone;
}

std::uint64_t forget_unclaimed(Session& session, Instant before, std::size_t count) {
    std::vector<FileId> ids;
    std::vector<std::string> contents;
    auto rows = session.query(
        "SELECT file_id, sha256 FROM file WHERE holder IS NOT NULL AND at < ? "
        "ORDER BY file_id LIMIT ? FOR UPDATE",
        before, count);
    while (rows.next()) {
        ids.push_back(rows.id<FileId>(0));
        contents.push_back(rows.text(1));
    }
    if (ids.empty()) return 0;
    session.run("DELETE FROM file WHERE file_id IN " + database::in_list(ids));
    for (const auto& sha256 : contents) drop_unused(session, sha256);
    return ids.size();
}

}  // namespace shanhai::files
