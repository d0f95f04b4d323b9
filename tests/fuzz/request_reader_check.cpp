#include "fuzz/request_reader_check.hpp"

#include "fuzz/targets.hpp"

#include "chassis/http/request_reader.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace shanhai::fuzz {
namespace {

using http::RequestReader;
using Progress = RequestReader::Progress;

/// Small, so that short inputs reach them.
RequestReader::Limits limits() {
    RequestReader::Limits limits;
    limits.header_max = 8 * 1024;
    limits.body_max = 32 * 1024;
    return limits;
}

class Reading {
public:
    /// `most`: how many bytes come at once, at most; 0: as many as fit.
    void run(std::string_view bytes, std::size_t most, std::uint64_t seed) {
        std::minstd_rand random{static_cast<std::minstd_rand::result_type>(seed)};
        for (;;) {
            const auto progress = reader_.advance();
            if (progress == Progress::refused) {
                told.emplace_back("refused");
                return;
            }
            if (progress == Progress::complete) {
                tell();
                reader_.next();
                named_ = false;
                continue;
            }
            if (progress == Progress::needs_body && !named_) name_parameters();
            if (bytes.empty()) return;
            const auto space = reader_.space();
            const auto wanted = most == 0 ? space.size() : 1 + random() % most;
            const auto count = std::min({space.size(), bytes.size(), wanted});
            bytes.copy(space.data(), count);
            reader_.commit(count);
            bytes.remove_prefix(count);
        }
    }

    std::vector<std::string> told;
    bool strayed = false;

private:
    /// What the router does when the head is there: it leaves views behind before the body comes.
    void name_parameters() {
        named_ = true;
        auto& request = reader_.request();
        request.parameters.emplace_back("path", request.path);
        request.parameters.emplace_back("query", request.query);
    }

    void tell() {
        const auto& request = reader_.request();
        std::string all{name_of(request.method)};
        const auto add = [&](std::string_view text) {
            strayed = strayed || !reader_.owns(text);
            all.append("\n").append(text);
        };
        for (const auto text :
             {request.path, request.encoded_path, request.query, request.authority, request.body}) {
            add(text);
        }
        for (const auto& [name, value] : request.headers) {
            add(name);
            add(value);
        }
        for (const auto& [name, value] : request.parameters) {
            strayed =
                strayed || !reader_.owns(value) || value != (name == "path" ? request.path : request.query);
        }
        all += reader_.keep_alive() ? "\nkept" : "\nclosed";
        told.push_back(std::move(all));
    }

    RequestReader reader_{limits()};
    bool named_ = false;
};

}  // namespace

std::string_view fault_of_reading(std::string_view bytes, std::uint64_t splits) {
    constexpr std::size_t sizes[] = {1, 2, 3, 7, 64, 1000, 4096};
    Reading whole;
    whole.run(bytes, 0, 0);
    Reading pieces;
    pieces.run(bytes, sizes[splits % std::size(sizes)], splits);
    if (whole.strayed || pieces.strayed) return "a text of a request lies outside the reader's memory";
    if (whole.told != pieces.told) return "other requests in pieces than in one";
    return {};
}

std::string fault_of_requests(std::string_view bytes) {
    return std::string{fault_of_reading(bytes, choice_of(bytes, 1000))};
}

}  // namespace shanhai::fuzz
