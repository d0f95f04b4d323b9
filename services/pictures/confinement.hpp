#pragma once

namespace shanhai::pictures {

/// Gives away all that decoding does not need: more than 640 MiB of memory, more than 15 seconds of a
/// processor, opening files, other processes, and every system call but those that memory, reading and
/// writing take (seccomp; the process is killed at any other). False when the system refuses, and then
/// nothing may be decoded. Sanitizers need more than is left, so under them there is no confinement.
bool confine();

}  // namespace shanhai::pictures
