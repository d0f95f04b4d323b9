#include "catalog/http/page.hpp"

namespace shanhai::catalog {

bool PageWriter::add(std::string position, std::string_view item) {
    if (count_ == page_.limit) {
        more_ = true;
        return false;
    }
    if (count_ > 0) items_ += ',';
    items_ += item;
    last_ = std::move(position);
    ++count_;
    return true;
}

http::Response PageWriter::finish(std::string_view more) const {
    http::Response response;
    response.body = "{\"items\":[" + items_ + "],\"next\":";
    response.body += more_ ? "\"" + cursors_.encode(page_, last_) + "\"" : "null";
    response.body.append(more).append(1, '}');
    return response;
}

std::string position_of(std::uint64_t number) {
    constexpr std::size_t widest = 20;
    auto digits = std::to_string(number);
    return digits.insert(0, widest - digits.size(), '0');
}

}  // namespace shanhai::catalog
