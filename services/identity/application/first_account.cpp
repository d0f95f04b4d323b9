#include "identity/application/first_account.hpp"

#include "chassis/security/crypto.hpp"

namespace shanhai::identity {

Result<Done> open_admin_account(MysqlIdentityStore& store, const security::Secrets& secrets) {
    auto login = Login::parse("admin");
    if (!login) return login.error();
    const auto there = store.has_account(*login);
    if (!there) return there.error();
    if (*there) return Done{};
    const auto admin = NewAccount::draft(std::move(*login), "Administrator", {Role::admin}, {},
                                         secrets.read("admin_password"));
    if (!admin) return admin.error();
    return store.open_first_account(*admin, security::hash_password(admin->password()));
}

}  // namespace shanhai::identity
