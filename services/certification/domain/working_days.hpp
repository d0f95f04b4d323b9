#pragma once

#include "vocabulary/time.hpp"

#include <map>

namespace shanhai::certification {

/// Days of which the State Council's yearly notice (国务院办公厅关于部分节假日安排的通知) says otherwise than
/// the day of the week: true is worked (调休), false is free.
using Calendar = std::map<Date, bool>;

/// Monday to Friday but the fixed days of the law (全国年节及纪念日放假办法: 1 January, 1 and 2 May, 1 to 3
/// October), unless the calendar says otherwise.
bool is_working_day(Date day, const Calendar& calendar);

/// The moment at which `count` (at least 1) whole working days after `from` are over: midnight in Shanghai
/// after the last of them. The day of `from` itself does not count (民法典, article 201).
Instant after_working_days(Date from, int count, const Calendar& calendar);

}  // namespace shanhai::certification
