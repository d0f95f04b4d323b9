#pragma once

#include "chassis/database/change_history.hpp"

namespace shanhai::trace {

// Whose history is kept here.

inline database::ChangeSubject subject_of(BaseId base) { return {"base", number(base)}; }
inline database::ChangeSubject subject_of(LotId lot) { return {"lot", number(lot)}; }

}  // namespace shanhai::trace
