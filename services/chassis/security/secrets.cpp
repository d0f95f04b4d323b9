#include "chassis/security/secrets.hpp"

#include "chassis/security/access_token.hpp"
#include "chassis/security/crypto.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace shanhai::security {
namespace {

constexpr std::size_t key_size = 32;
constexpr mode_t of_others = S_IRWXG | S_IRWXO;

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
    throw std::runtime_error{"the secret " + file.string() + " " + why +
                             "; `shanhai secrets` makes what is missing"};
}

/// Closes a descriptor at the end of its scope.
class Descriptor {
public:
    explicit Descriptor(int number) : number_{number} {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }

private:
    int number_;
};

bool write_all(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const auto written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(descriptor) == 0;
}

void write_new_file(const std::filesystem::path& file, std::string_view content) {
    const Descriptor descriptor{
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)};
    if (descriptor.number() < 0 || !write_all(descriptor.number(), content)) {
        const int code = errno;
        ::unlink(file.c_str());
        refuse(file, "cannot be written: " + std::system_category().message(code));
    }
}

void sync_folder(const std::filesystem::path& folder) {
    const Descriptor descriptor{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (descriptor.number() >= 0) ::fsync(descriptor.number());
}

}  // namespace

std::string Secrets::read(const std::string& name) const {
    const auto file = folder_ / name;
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) refuse(file, "is missing; make it with `shanhai secrets`");
    if (!S_ISREG(status.st_mode)) refuse(file, "is not a file");
    if ((status.st_mode & of_others) != 0) {
        refuse(file,
               "can be used by others than its owner; correct it with `chmod 600 " + file.string() + "`");
    }
    std::ifstream stream{file, std::ios::binary};
    if (!stream) refuse(file, "cannot be read by this user; change its owner with `chown`");
    std::string content{std::istreambuf_iterator<char>{stream}, {}};
    if (content.ends_with('\n')) content.pop_back();
    if (content.empty()) refuse(file, "is empty; delete it and run `shanhai secrets`");
    return content;
}

bool Secrets::make_once(const std::string& name, const std::string& content) const {
    const auto file = folder_ / name;
    if (exists(name)) return false;
    const auto draft = folder_ / ("." + name + "." + hex(random_bytes(8)));
    write_new_file(draft, content);
    // A link, unlike a rename, fails when somebody else has made the file meanwhile.
    const bool made = ::link(draft.c_str(), file.c_str()) == 0;
    const int code = errno;
    ::unlink(draft.c_str());
    if (!made && code != EEXIST) refuse(file, "cannot be made: " + std::system_category().message(code));
    sync_folder(folder_);
    return made;
}

std::string Secrets::key(const std::string& name) const {
    const auto key = from_base64(read(name));
    if (!key || key->size() != key_size) refuse(folder_ / name, "is not 32 bytes in base64");
    return *key;
}

KeyRing Secrets::ring(const std::string& name) const {
    const auto also = name + "_also";
    return KeyRing{key(name), exists(also) ? key(also) : std::string{}};
}

bool Secrets::exists(const std::string& name) const { return std::filesystem::exists(folder_ / name); }

std::string typable_password() {
    constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
    constexpr std::size_t groups = 4;
    constexpr std::size_t group_size = 4;
    constexpr std::size_t fair_below = 256 / letters.size() * letters.size();  // Else some come more often.

    std::string password;
    std::size_t count = 0;
    while (count < groups * group_size) {
        const auto draw = static_cast<unsigned char>(random_bytes(1).front());
        if (draw >= fair_below) continue;
        if (count > 0 && count % group_size == 0) password += '-';
        password += letters[draw % letters.size()];
        ++count;
    }
    return password;
}

std::vector<std::string> make_platform_secrets(const std::filesystem::path& folder,
                                               const std::vector<std::string>& services) {
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    const Secrets secrets{folder};
    std::vector<std::string> made;
    const auto make = [&](const std::string& name, const std::string& content) {
        if (secrets.make_once(name, content + "\n")) made.push_back(name);
    };

    make("access_token_private", TokenSigner::generate_pem());
    // Derived from the file, not from the key drawn above, which is not the one in use on a second run.
    make("access_token_public", TokenSigner{secrets.read("access_token_private")}.public_pem());
    make("ledger_private", Ed25519Key::generate_pem());
    for (const char* name :
         {"attribution", "scan_token", "vault_master", "phone_hmac", "order_access", "identity_vault",
          "cursor", "internal_feed", "internal_backfill", "sandbox_provider", "ledger_verifier"}) {
        make(name, base64(random_bytes(key_size)));
    }
    make("admin_password", typable_password());
    make("demo_password", typable_password());
    for (const auto& service : services) {
        make("database_" + service, base64url(random_bytes(24)));
        make("database_" + service + "_owner", base64url(random_bytes(24)));
        make("facts_" + service, base64(random_bytes(key_size)));
    }
    return made;
}

}  // namespace shanhai::security
