#pragma once

#include "chassis/files/file.hpp"
#include "chassis/security/crypto.hpp"
#include "support/service_host.hpp"

#include <boost/json/serialize.hpp>

namespace shanhai::support {

// Handing in files below one path, as somebody of an organisation.

inline boost::json::object announcement_of(const std::string& bytes, const char* type) {
    return {{"name", "检测报告.pdf"},
            {"media_type", type},
            {"size_bytes", bytes.size()},
            {"sha256", security::hex(security::sha256(bytes))}};
}

inline Answer append_piece(ServiceHost& host, const std::string& target, std::uint64_t offset,
                           const std::string& bytes, std::uint64_t house) {
    return host.call("PATCH", target, bytes,
                     {{"Authorization", host.bearer("merchant", house)},
                      {"Content-Type", "application/partial-upload"},
                      {"Upload-Offset", std::to_string(offset)}});
}

/// All of it; the answer to the last piece, or to what was refused before.
inline Answer hand_in(ServiceHost& host, const std::string& path, const std::string& bytes, const char* type,
                      std::uint64_t house) {
    const auto said = boost::json::serialize(announcement_of(bytes, type));
    auto answer = host.call_as("merchant", "POST", path, said, house);
    if (answer.status != 201) return answer;
    const auto target = answer.header("Location");
    constexpr std::size_t piece = files::piece_max;
    for (std::size_t at = 0; at < bytes.size() && answer.status < 300; at += piece) {
        answer = append_piece(host, target, at, bytes.substr(at, piece), house);
    }
    return answer;
}

}  // namespace shanhai::support
