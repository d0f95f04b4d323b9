#pragma once

#include "chassis/database/session.hpp"
#include "chassis/files/file.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::files {

enum class FileHold { no, lock };

/// How the SHA-256 of a stranger's key stands in a column `holder`: NULL without a key.
database::Literal held_by(const std::string& holder);

/// The file with its forms; nothing when there is none.
std::optional<File> find_file(database::Session& session, FileId id, FileHold hold = FileHold::no);
/// Files of these ids that are stored, in the order of their ids, with their forms.
std::vector<File> stored_files(database::Session& session, const std::vector<FileId>& ids);
/// The newest stored file of that content that this organisation, or holder of a key, handed in.
std::optional<File> find_stored(database::Session& session, std::uint64_t owner, const std::string& sha256,
                                const std::string& holder = {});
/// The newest one that is still coming, of the same content, size and type: the one to go on with.
std::optional<File> find_receiving(database::Session& session, const Uploader& uploader, const NewFile& said);
/// What an organisation has in the tables.
struct Holdings {
    std::int64_t receiving = 0;  ///< Files.
    std::int64_t bytes = 0;      ///< That are kept for it, all sizes of its pictures, or are announced.
};
/// Nobody else counts those of this organisation until the end of the transaction.
Holdings lock_holdings(database::Session& session, std::uint64_t owner);
/// What strangers hold.
struct Held {
    std::int64_t files = 0;  ///< Of this key.
    std::int64_t bytes = 0;  ///< Of all of them that are here.
};
/// Nobody else counts those of strangers until the end of the transaction.
Held lock_held(database::Session& session, const std::string& holder);
/// From now on the stored file of that content that this key holds belongs to whoever claims it, and the key
/// opens it no more; nothing when it holds none.
std::optional<FileId> claim(database::Session& session, const std::string& holder, const std::string& sha256);

/// It is as if it had been announced now.
void renew(database::Session& session, FileId id);

FileId insert_file(database::Session& session, const NewFile& said, const Uploader& uploader);
/// Adds what came behind what is there; the file is locked and takes it.
void append_piece(database::Session& session, const File& file, std::string_view bytes);
/// All that came of it.
std::string received(database::Session& session, const File& file);

/// It is what it was said to be: keeps the content, unless it is kept already, and lets go of the pieces.
void keep(database::Session& session, const File& file, const std::vector<MadeForm>& forms);
void refuse(database::Session& session, const File& file, const std::string& refusal);

/// One form of a content, or nothing.
std::optional<MadeForm> read_content(database::Session& session, const std::string& sha256,
                                     const std::string& form);
std::vector<Form> forms_of(database::Session& session, const std::string& sha256);

/// Forgets what was not handed in to its end, or was refused, before that moment, oldest first: how many,
/// `count` at most.
std::uint64_t forget_unfinished(database::Session& session, Instant before, std::size_t count);
/// The same of what strangers handed in, or began to, and nothing has claimed; its content goes, unless
/// somebody else's file has the same.
std::uint64_t forget_unclaimed(database::Session& session, Instant before, std::size_t count);

}  // namespace shanhai::files
