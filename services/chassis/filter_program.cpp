#include "chassis/filter_program.hpp"

#include "chassis/observe/log.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>

namespace shanhai::chassis {
namespace {

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

    /// Whether it has ended by then. A program may close what it writes to and go on.
    bool ended(std::chrono::steady_clock::time_point until) const {
        const auto handle = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
        if (handle < 0) return true;  // A kernel that does not know the call; it is waited for.
        const Socket closed_again{handle};
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        pollfd ready{handle, POLLIN, 0};
        return ::poll(&ready, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0))) > 0;
    }

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

/// Hands in all of `input` and takes what comes until the other side ends; nothing when that takes too long
/// or is too much.
std::optional<std::string> exchange(int socket, std::string_view input, std::size_t output_max,
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

std::filesystem::path folder_of_this_program() {
    std::error_code failed;
    return std::filesystem::read_symlink("/proc/self/exe", failed).parent_path();
}

Filtered not_started(const std::string& program) {
    observe::log_limited("program-not-started", program);
    return {Filtered::End::not_started, 0, {}};
}

}  // namespace

FilterProgram::FilterProgram(const std::filesystem::path& folder, const std::string& name,
                             std::chrono::seconds limit, std::size_t output_max)
    : program_{((folder.empty() ? folder_of_this_program() : folder) / name).string()},
      limit_{limit},
      output_max_{output_max} {}

Filtered FilterProgram::run(std::string_view input) const {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return not_started(program_);
    const Socket ours{ends[0]};
    Socket theirs{ends[1]};
    const auto pid = spawn(program_, theirs.fd());
    theirs.shut();
    if (pid == 0) return not_started(program_);
    Child child{pid};
    const auto until = std::chrono::steady_clock::now() + limit_;
    auto output = exchange(ours.fd(), input, output_max_, until);
    if (!output || !child.ended(until)) return {Filtered::End::too_costly, 0, {}};
    const int status = child.wait();
    if (WIFSIGNALED(status)) return {Filtered::End::too_costly, 0, {}};
    return {Filtered::End::exited, WEXITSTATUS(status), std::move(*output)};
}

}  // namespace shanhai::chassis
