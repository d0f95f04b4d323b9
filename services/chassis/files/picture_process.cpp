#include "chassis/files/picture_process.hpp"

#include "chassis/observe/log.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <filesystem>

namespace shanhai::files {
namespace {

/// More than all forms of the largest picture have.
constexpr std::size_t output_max = 64UL * 1024 * 1024;

/// How shanhai-pictures says what is wrong (pictures/forms.hpp).
constexpr int said_not_a_picture = 3;
constexpr int said_too_many_pixels = 4;

Error refusal(std::string code) {
    const std::string meaning{meaning_of(code)};
    return Error{Failure::invalid, std::move(code), meaning};
}
Error unavailable() {
    return Error{Failure::unavailable, "pictures-unavailable", "no picture can be looked at now"};
}

class Socket {
public:
    explicit Socket(int fd) : fd_{fd} {}
    ~Socket() { shut(); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    int fd() const { return fd_; }
    void shut() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }

private:
    int fd_;
};

/// A child, which is killed and waited for unless it was waited for.
class Child {
public:
    explicit Child(pid_t pid) : pid_{pid} {}
    ~Child() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        (void)wait();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// What waitpid says of it.
    int wait() {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = 0;
        return status;
    }

private:
    pid_t pid_;
};

/// Starts the program with this socket as its standard input and output; 0 when it cannot be.
pid_t spawn(const std::string& program, int socket) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);  // Connections to databases.
    std::string name = program;
    const std::array<char*, 2> arguments{name.data(), nullptr};
    const std::array<char*, 1> environment{nullptr};
    pid_t pid = 0;
    const int failed =
        ::posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments.data(), environment.data());
    ::posix_spawn_file_actions_destroy(&actions);
    return failed == 0 ? pid : 0;
}

/// Hands in all of `input` and takes what comes until the other side ends; nothing when that takes too long.
std::optional<std::string> exchange(int socket, std::string_view input,
                                    std::chrono::steady_clock::time_point until) {
    std::string output;
    std::string buffer(64UL * 1024, '\0');
    if (input.empty()) ::shutdown(socket, SHUT_WR);
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (left.count() <= 0 || output.size() > output_max) return std::nullopt;
        pollfd ready{socket, static_cast<short>(input.empty() ? POLLIN : POLLIN | POLLOUT), 0};
        if (::poll(&ready, 1, static_cast<int>(left.count())) < 0 && errno != EINTR) return std::nullopt;
        if ((ready.revents & POLLOUT) != 0) {
            const auto gone = ::send(socket, input.data(), input.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (gone > 0) input.remove_prefix(static_cast<std::size_t>(gone));
            if (gone < 0 && errno != EAGAIN && errno != EINTR) input = {};  // It has seen enough.
            if (input.empty()) ::shutdown(socket, SHUT_WR);
        }
        if ((ready.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
            const auto got = ::recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
            if (got == 0 || (got < 0 && errno == ECONNRESET)) return output;
            if (got > 0) output.append(buffer, 0, static_cast<std::size_t>(got));
        }
    }
}

std::string beside_this_program() {
    std::error_code failed;
    const auto own = std::filesystem::read_symlink("/proc/self/exe", failed);
    return (own.parent_path() / "shanhai-pictures").string();
}

/// What the child's end says is wrong with the picture; nothing: it made all forms.
std::optional<Error> fault_in(int status) {
    if (WIFSIGNALED(status)) return refusal("too-costly");
    switch (WEXITSTATUS(status)) {
        case 0:
            return std::nullopt;
        case said_not_a_picture:
            return refusal("not-readable");
        case said_too_many_pixels:
            return refusal("too-many-pixels");
        default:
            observe::log_limited("picture-process-ended", "with " + std::to_string(WEXITSTATUS(status)) +
                                                              " (5: the system would not confine it)");
            return unavailable();
    }
}

/// The next word before `end`, taken off; nothing when there is none.
std::optional<std::string_view> word_before(std::string_view& text, char end) {
    const auto at = text.find(end);
    if (at == text.npos || at == 0) return std::nullopt;
    const auto word = text.substr(0, at);
    text.remove_prefix(at + 1);
    return word;
}

std::optional<std::int64_t> number_before(std::string_view& text, char end) {
    const auto word = word_before(text, end);
    if (!word) return std::nullopt;
    std::int64_t number = 0;
    const auto [rest, failed] = std::from_chars(word->data(), word->data() + word->size(), number);
    if (failed != std::errc{} || rest != word->data() + word->size() || number < 1) return std::nullopt;
    return number;
}

std::optional<MadeForm> form_in(std::string_view& output) {
    const auto name = word_before(output, ' ');
    const auto media_type = name ? word_before(output, ' ') : std::nullopt;
    const auto width = media_type ? number_before(output, ' ') : std::nullopt;
    const auto height = width ? number_before(output, ' ') : std::nullopt;
    const auto size = height ? number_before(output, '\n') : std::nullopt;
    if (!size || static_cast<std::size_t>(*size) > output.size()) return std::nullopt;
    MadeForm made{{std::string{*name}, std::string{*media_type}, *width, *height, *size},
                  std::string{output.substr(0, static_cast<std::size_t>(*size))}};
    output.remove_prefix(static_cast<std::size_t>(*size));
    return made;
}

}  // namespace

PictureProcess::PictureProcess(std::string program, std::chrono::seconds limit)
    : program_{program.empty() ? beside_this_program() : std::move(program)}, limit_{limit} {}

Result<std::vector<MadeForm>> PictureProcess::make(std::string_view picture) const {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return unavailable();
    const Socket ours{ends[0]};
    Socket theirs{ends[1]};
    const auto pid = spawn(program_, theirs.fd());
    theirs.shut();
    if (pid == 0) {
        observe::log_limited("picture-process-not-started", program_);
        return unavailable();
    }
    Child child{pid};
    const auto output = exchange(ours.fd(), picture, std::chrono::steady_clock::now() + limit_);
    if (!output) return refusal("too-costly");
    if (auto fault = fault_in(child.wait())) return *fault;
    auto forms = forms_in(*output);
    if (!forms) return refusal("not-readable");
    return std::move(*forms);
}

std::optional<std::vector<MadeForm>> forms_in(std::string_view output) {
    std::vector<MadeForm> forms;
    while (!output.empty()) {
        auto form = form_in(output);
        if (!form) return std::nullopt;
        forms.push_back(std::move(*form));
    }
    if (forms.empty()) return std::nullopt;
    return forms;
}

}  // namespace shanhai::files
