#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace shanhai {

/// Values in their order, in parts that copies share until one of them changes something there: a copy with a
/// few changes costs a few parts, not the whole. SharedMap's sibling, for what is listed. Of two values
/// neither of which is before the other it keeps one.
template <class T, class Before>
class SharedOrder {
    using Part = std::vector<T>;
    using Parts = std::vector<std::shared_ptr<Part>>;

public:
    /// Visits the values in their order; good for as long as the order that gave it is not changed.
    class Iterator {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::forward_iterator_tag;
        using pointer = const T*;
        using reference = const T&;

        Iterator() = default;
        explicit Iterator(typename Parts::const_iterator part) : part_{part} {}

        const T& operator*() const { return (**part_)[place_]; }
        Iterator& operator++() {
            if (++place_ == (*part_)->size()) {
                ++part_;
                place_ = 0;
            }
            return *this;
        }
        Iterator operator++(int) {
            auto here = *this;
            ++*this;
            return here;
        }
        friend bool operator==(const Iterator&, const Iterator&) = default;

    private:
        typename Parts::const_iterator part_{};
        std::size_t place_ = 0;
    };

    Iterator begin() const { return Iterator{parts_.begin()}; }
    Iterator end() const { return Iterator{parts_.end()}; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    /// Takes the place of one that is neither before nor after it.
    void put(T value) {
        if (parts_.empty()) parts_.push_back(std::make_shared<Part>());
        auto& part = own(place_of(value));
        const auto at = std::lower_bound(part.begin(), part.end(), value, Before{});
        if (at != part.end() && !Before{}(value, *at)) {
            *at = std::move(value);
            return;
        }
        part.insert(at, std::move(value));
        ++size_;
        if (part.size() > part_max) split(part);
    }
    /// Drops the one that is neither before nor after `value`; whether there was one.
    bool erase(const T& value) {
        if (parts_.empty()) return false;
        const auto place = place_of(value);
        const auto& shared = *parts_[place];
        const auto found = std::lower_bound(shared.begin(), shared.end(), value, Before{});
        if (found == shared.end() || Before{}(value, *found)) return false;
        const auto at = found - shared.begin();
        auto& part = own(place);
        part.erase(part.begin() + at);
        if (part.empty()) parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(place));
        --size_;
        return true;
    }

private:
    static constexpr std::size_t part_max = 512;

    /// The part that holds it, or would: the last that does not begin after it.
    std::size_t place_of(const T& value) const {
        const auto after = std::upper_bound(
            parts_.begin(), parts_.end(), value,
            [](const T& one, const auto& part) { return !part->empty() && Before{}(one, part->front()); });
        return after == parts_.begin() ? 0 : static_cast<std::size_t>(after - parts_.begin()) - 1;
    }
    Part& own(std::size_t place) {
        auto& part = parts_[place];
        if (part.use_count() > 1) part = std::make_shared<Part>(*part);
        return *part;
    }
    void split(Part& part) {
        const auto middle = part.begin() + static_cast<std::ptrdiff_t>(part.size() / 2);
        auto rest =
            std::make_shared<Part>(std::make_move_iterator(middle), std::make_move_iterator(part.end()));
        part.erase(middle, part.end());
        const auto place = place_of(rest->front());
        parts_.insert(parts_.begin() + static_cast<std::ptrdiff_t>(place) + 1, std::move(rest));
    }

    Parts parts_;  // None of them is empty.
    std::size_t size_ = 0;
};

}  // namespace shanhai
