#pragma once

#include "certification/domain/known.hpp"
#include "chassis/http/message.hpp"

namespace shanhai::certification {

inline Author author_of(const http::Request& request) {
    const auto& principal = request.staff();
    const bool operates = principal.has("operator");
    return {static_cast<AccountId>(principal.account), static_cast<OrganisationId>(principal.organisation),
            operates || principal.has("merchant"), operates, principal.has("certifier")};
}

/// 403 `duties-not-separate` for somebody who sells as well.
inline Result<Author> certifier_of(const http::Request& request) {
    const auto& principal = request.staff();
    if (principal.has("operator") || principal.has("merchant")) {
        return Error{Failure::forbidden, "duties-not-separate", "who sells does not certify"};
    }
    return author_of(request);
}

/// Operators and auditors look after everything, and decide nothing of it.
inline bool sees_everything(const http::Request& request) {
    return request.staff().has("operator") || request.staff().has("auditor");
}

/// Whether the account behind a public certification's steps is this one's to know: whom identity tells the
/// names of an office's people (GET /v1/account-names).
inline bool is_told_names(const http::Request& request) {
    const auto& principal = request.principal;
    return principal && (principal->has("certifier") || principal->has("operator") ||
                         principal->has("auditor") || principal->has("admin"));
}

/// Who looks at what only an auditor does beside the people concerned: operators do not.
inline bool audits(const http::Request& request) { return request.staff().has("auditor"); }

}  // namespace shanhai::certification
