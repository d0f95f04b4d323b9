#pragma once

#include "chassis/database/pool.hpp"
#include "chassis/files/file.hpp"
#include "chassis/files/picture_process.hpp"
#include "chassis/periodic.hpp"
#include "chassis/service/backbone.hpp"
#include "chassis/workers.hpp"

#include <memory>
#include <mutex>

namespace shanhai::files {

/// Which files a service takes.
enum class Taken { pictures, pictures_and_papers };

/// How files come: announced with their size and SHA-256, then in pieces, each behind what is there, so that
/// a bad network costs one piece and not the whole. When the last piece is there, the whole is looked at:
/// whether its digest is what was announced, whether it is what it says it is; a picture is decoded by
/// PictureProcess. Files are kept in the service's own database, in the tables of schema/files_0001.sql: that
/// is what outlives the machine and what the one backup holds, and a file commits with what refers to it.
class Uploads {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    /// Runs in the backbone: once an hour it forgets what nobody handed in to its end for a day, and what
    /// strangers announced three hours ago and nothing has claimed.
    Uploads(chassis::Backbone& backbone, Taken taken);

    /// A file that this organisation handed in before, or began to, of the same content, is answered as it
    /// is: whoever lost the answer, or the page, goes on where he was. Fails with
    /// 422 for what is not taken, 409 `uploads-open` and `storage-full`; 503 `strangers-storage-full` when
    /// all strangers together hold as much as they may.
    Awaitable<File> begin(NewFile said, Uploader uploader);
    /// Fails with 404 `file-unknown`, also for files of others.
    Awaitable<File> find(FileId id, Uploader uploader);
    /// Adds bytes at an offset. The answer to the last piece, or to no bytes at the end, says what became of
    /// the file. Fails with 404 `file-unknown`, 409 `upload-offset-mismatch` when another byte is the next
    /// one, 413 `piece-too-large`, 422 `upload-too-long`, 503 `pictures-busy`, and `strangers-storage-full`
    /// as begin does.
    Awaitable<File> append(FileId id, std::int64_t offset, std::string bytes, Uploader uploader);

    /// One form of a content, for whoever asks. Fails with 404 `file-unknown`.
    Awaitable<MadeForm> content(std::string sha256, std::string form);

private:
    /// What was found of a complete file: how it is kept, or why it is refused, or why nobody knows yet.
    struct Verdict {
        std::vector<MadeForm> forms{};
        std::string refusal{};
        std::optional<Error> trouble{};
    };
    Awaitable<File> finish(File file);
    boost::asio::awaitable<Verdict> judge(File file, std::string bytes);
    /// The right to have one file of that owner looked at, for as long as it lives; null when too many are.
    class Turn {
    public:
        Turn(Uploads& uploads, std::uint64_t owner) : uploads_{uploads}, owner_{owner} {}
        ~Turn();
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

    private:
        Uploads& uploads_;
        const std::uint64_t owner_;
    };
    std::unique_ptr<Turn> take_turn(std::uint64_t owner);
    Verdict verdict_on(const File& file, std::string bytes) const;
    Result<Done> forget();

    database::Pool& pool_;
    Taken taken_;
    PictureProcess process_;
    std::mutex mutex_;
    std::vector<std::uint64_t> judging_;  // The owners of the files that are looked at.
    chassis::Workers workers_{2};
    chassis::Periodic forgetting_;
};

}  // namespace shanhai::files
