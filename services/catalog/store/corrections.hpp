#pragma once

#include "catalog/domain/catalog_store.hpp"
#include "chassis/database/change_history.hpp"

#include <string>
#include <string_view>

namespace shanhai::catalog {

// Whose corrections are kept (table `change_history`), and how one is refused.

inline database::ChangeSubject subject_of(MerchantId merchant) { return {"merchant", number(merchant)}; }
inline database::ChangeSubject subject_of(PairingId pairing) { return {"pairing", number(pairing)}; }
/// A county goes by its code.
database::ChangeSubject subject_of(const CountyCode& code);

Error version_stale(std::string_view what);
Error county_unknown();
Error pairing_unknown();

}  // namespace shanhai::catalog
