#include "chassis/files/uploads.hpp"

#include "chassis/files/file_rows.hpp"
#include "chassis/security/crypto.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace shanhai::files {

using database::Session;

namespace {

/// Complete files that may wait for their turn; each holds its bytes.
constexpr std::size_t judging_max = 8;
/// … so that nobody's large pictures stop everybody else's.
constexpr std::ptrdiff_t judging_max_of_owner = 2;
constexpr std::chrono::hours unfinished_kept{24};
constexpr std::chrono::hours unclaimed_kept{3};

Error unknown() { return Error{Failure::not_found, "file-unknown", "there is no such file"}; }
Error conflict(std::string code, std::string message) {
    return Error{Failure::conflict, std::move(code), std::move(message)};
}
Error busy() {
    Error error{Failure::unavailable, "pictures-busy",
                "many files are being looked at; ask again for this one"};
    error.retry_after(std::chrono::seconds{2});
    return error;
}

/// Whether strangers may hold so many bytes more.
std::optional<Error> fault_of_room(const Held& held, std::int64_t bytes) {
    if (held.bytes + bytes <= held_bytes_max) return std::nullopt;
    Error error{Failure::unavailable, "strangers-storage-full",
                "so many files wait here that no more are taken now"};
    error.retry_after(std::chrono::hours{1});
    return error;
}

bool is_said(const File& file, const NewFile& said) {
    return file.said.media_type == said.media_type && file.said.size_bytes == said.size_bytes;
}

/// What is there already is kept from now on as long as what is new.
Result<File> begin_of_stranger(Session& session, const NewFile& said, const Uploader& uploader) {
    const auto held = lock_held(session, uploader.holder);
    auto there = find_stored(session, uploader.organisation, said.sha256, uploader.holder);
    if (!there || !is_said(*there, said)) there = find_receiving(session, uploader, said);
    if (there) {
        renew(session, there->id);
        return *there;
    }
    if (held.files >= held_max) return conflict("uploads-open", "use the files first that were handed in");
    if (auto fault = fault_of_room(held, said.size_bytes)) return *fault;
    return *find_file(session, insert_file(session, said, uploader));
}

Result<File> begin_in(Session& session, const NewFile& said, const Uploader& uploader) {
    if (uploader.stranger()) return begin_of_stranger(session, said, uploader);
    if (auto known = find_stored(session, uploader.organisation, said.sha256, uploader.holder);
        known && is_said(*known, said)) {
        return *known;
    }
    const auto holdings = lock_holdings(session, uploader.organisation);
    if (auto begun = find_receiving(session, uploader, said)) return *begun;
    if (holdings.receiving >= receiving_max) {
        return conflict("uploads-open", "hand in the files first that were begun");
    }
    if (holdings.bytes + said.size_bytes > owned_bytes_max) {
        return conflict("storage-full", "this organisation keeps as many files as it may");
    }
    return *find_file(session, insert_file(session, said, uploader));
}

/// The file of whoever asks; others' are not there.
std::optional<File> own_file(Session& session, FileId id, const Uploader& uploader, FileHold hold) {
    auto file = find_file(session, id, hold);
    if (!file || !file->belongs_to(uploader)) return std::nullopt;
    return file;
}

Result<File> append_in(Session& session, FileId id, std::int64_t offset, const std::string& bytes,
                       const Uploader& uploader) {
    const auto length = static_cast<std::int64_t>(bytes.size());
    if (uploader.stranger()) {
        if (auto fault = fault_of_room(lock_held(session, uploader.holder), length)) return *fault;
    }
    const auto file = own_file(session, id, uploader, FileHold::lock);
    if (!file) return unknown();
    if (file->state != FileState::receiving) {
        return length == 0 ? Result<File>{*file} : conflict("upload-complete", "all of this file has come");
    }
    if (offset != file->received_bytes) {
        return conflict("upload-offset-mismatch",
                        "the next byte is number " + std::to_string(file->received_bytes));
    }
    if (offset + length > file->said.size_bytes) {
        return Error{Failure::invalid, "upload-too-long", "more bytes came than were announced"};
    }
    if (length == 0) return *file;
    append_piece(session, *file, bytes);
    return *find_file(session, id);
}

Result<File> settle(Session& session, FileId id, const std::vector<MadeForm>& forms,
                    const std::string& refusal) {
    const auto file = find_file(session, id, FileHold::lock);
    if (!file) return unknown();
    // Somebody else who asked at the same time has settled it.
    if (file->state != FileState::receiving) return *file;
    refusal.empty() ? keep(session, *file, forms) : refuse(session, *file, refusal);
    return *find_file(session, id);
}

using ForgetSome = std::uint64_t (*)(Session& session, Instant before, std::size_t count);

Result<Done> forget_all(database::Pool& pool, ForgetSome forget_some, std::chrono::hours kept,
                        std::size_t at_once) {
    for (;;) {
        const auto gone = pool.transact_blocking([&](Session& session) -> Result<std::uint64_t> {
            return forget_some(session, session.now() - kept, at_once);
        });
        if (!gone) return gone.error();
        if (*gone < at_once) return Done{};
    }
}

}  // namespace

Uploads::Uploads(chassis::Backbone& backbone, Taken taken)
    : pool_{backbone.pool()},
      taken_{taken},
      process_{backbone.settings().programs},
      forgetting_{"unfinished-files", std::chrono::hours{1}, [this] { return forget(); }} {
    backbone.run(forgetting_);
}

Uploads::Awaitable<File> Uploads::begin(NewFile said, Uploader uploader) {
    const bool taken = taken_ == Taken::pictures_and_papers || is_picture(said.media_type);
    return pool_.transact([said = std::move(said), uploader, taken](Session& session) -> Result<File> {
        if (!taken) return invalid_field("/media_type", "only pictures are taken here");
        if (uploader.stranger() && said.size_bytes > stranger_size_max) {
            return invalid_field("/size_bytes", "must be at most " + std::to_string(stranger_size_max));
        }
        return begin_in(session, said, uploader);
    });
}

Uploads::Awaitable<File> Uploads::find(FileId id, Uploader uploader) {
    return pool_.transact([id, uploader](Session& session) -> Result<File> {
        auto file = own_file(session, id, uploader, FileHold::no);
        if (!file) return unknown();
        return std::move(*file);
    });
}

Uploads::Awaitable<MadeForm> Uploads::content(std::string sha256, std::string form) {
    return pool_.transact(
        [sha256 = std::move(sha256), form = std::move(form)](Session& session) -> Result<MadeForm> {
            auto found = read_content(session, sha256, form);
            if (!found) return unknown();
            return std::move(*found);
        });
}

Uploads::Awaitable<File> Uploads::append(FileId id, std::int64_t offset, std::string bytes,
                                         Uploader uploader) {
    auto work = [id, offset, bytes = std::move(bytes), uploader](Session& session) {
        return append_in(session, id, offset, bytes, uploader);
    };
    auto file = co_await pool_.transact(std::move(work));
    if (!file || file->state != FileState::receiving || !file->complete()) co_return file;
    auto finished = co_await finish(std::move(*file));
    co_return finished;
}

Uploads::Awaitable<File> Uploads::finish(File file) {
    const auto turn = take_turn(file.owner);
    if (!turn) co_return busy();
    auto reading = [&file](Session& session) -> Result<std::string> { return received(session, file); };
    auto bytes = co_await pool_.transact(reading);
    if (!bytes) co_return bytes.error();
    const auto executor = workers_.executor();
    auto judging = judge(file, std::move(*bytes));
    const auto verdict =
        co_await boost::asio::co_spawn(executor, std::move(judging), boost::asio::use_awaitable);
    if (verdict.trouble) co_return *verdict.trouble;
    auto settling = [id = file.id, &verdict](Session& session) {
        return settle(session, id, verdict.forms, verdict.refusal);
    };
    auto settled = co_await pool_.transact(settling);
    co_return settled;
}

std::unique_ptr<Uploads::Turn> Uploads::take_turn(std::uint64_t owner) {
    const std::lock_guard lock{mutex_};
    const auto of_owner = std::ranges::count(judging_, owner);
    if (judging_.size() >= judging_max || of_owner >= judging_max_of_owner) return nullptr;
    judging_.push_back(owner);
    return std::make_unique<Turn>(*this, owner);
}

Uploads::Turn::~Turn() {
    const std::lock_guard lock{uploads_.mutex_};
    uploads_.judging_.erase(std::ranges::find(uploads_.judging_, owner_));
}

boost::asio::awaitable<Uploads::Verdict> Uploads::judge(File file, std::string bytes) {
    co_return verdict_on(file, std::move(bytes));
}

Uploads::Verdict Uploads::verdict_on(const File& file, std::string bytes) const {
    if (security::sha256(bytes) != file.said.sha256) return {.refusal = "digest-differs"};
    if (kind_of(bytes) != file.said.media_type) return {.refusal = "not-what-it-says"};
    if (is_picture(file.said.media_type)) {
        auto made = process_.make(bytes);
        if (made) return {.forms = std::move(*made)};
        if (made.error().kind() == Failure::invalid) return {.refusal = made.error().code()};
        return {.trouble = made.error()};
    }
    Verdict verdict;
    const std::string type{wire_name(file.said.media_type)};
    verdict.forms.push_back({{"original", type, 0, 0, file.said.size_bytes}, std::move(bytes)});
    return verdict;
}

Result<Done> Uploads::forget() {
    constexpr std::size_t at_once = 100;
    constexpr std::size_t unclaimed_at_once = 10;  // With their contents.
    if (auto gone = forget_all(pool_, forget_unfinished, unfinished_kept, at_once); !gone) return gone;
    return forget_all(pool_, forget_unclaimed, unclaimed_kept, unclaimed_at_once);
}

}  // namespace shanhai::files
