#pragma once

#include "chassis/http/message.hpp"

namespace shanhai::http {

/// Whether a browser asks for something to show, and not a program for something to read.
bool asks_a_person(const Request& request);

/// Whether a path is for programs only: their answers are problem documents whoever asks.
bool belongs_to_programs(std::string_view path);

/// Makes the answer what a person should see: a problem document becomes a page that says what to do, when a
/// browser asked for an address that people open (a payment link that was cut, a scan while all are busy).
/// The status and the headers stay. Anything else is left alone.
void show_people(const Request& request, Response& response);

}  // namespace shanhai::http
