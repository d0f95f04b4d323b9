#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>

namespace shanhai {

/// Values by number, in parts that copies of the map share until one of them changes something there: a copy
/// with a few changes costs a few parts, not the whole. For what many read while one makes the next edition.
template <class T>
class SharedMap {
public:
    const T* find(std::uint64_t key) const {
        const auto& part = parts_[place(key)];
        if (!part) return nullptr;
        const auto found = part->find(key);
        return found == part->end() ? nullptr : &found->second;
    }
    /// The value, to be changed in this copy alone; a new one when there was none.
    T& change(std::uint64_t key) {
        auto& part = own(key);
        const auto [value, added] = part.try_emplace(key);
        if (added) ++size_;
        return value->second;
    }
    void erase(std::uint64_t key) {
        if (find(key) == nullptr) return;
        own(key).erase(key);
        --size_;
    }
    std::size_t size() const { return size_; }

    template <class Visit>
    void for_each(Visit visit) const {
        for (const auto& part : parts_) {
            if (!part) continue;
            for (const auto& [key, value] : *part) visit(key, value);
        }
    }

private:
    static constexpr std::size_t parts = 512;
    using Part = std::unordered_map<std::uint64_t, T>;

    /// Ids are given one after the other, mostly.
    static std::size_t place(std::uint64_t key) { return key % parts; }

    Part& own(std::uint64_t key) {
        auto& part = parts_[place(key)];
        if (!part) {
            part = std::make_shared<Part>();
        } else if (part.use_count() > 1) {
            part = std::make_shared<Part>(*part);
        }
        return *part;
    }

    std::array<std::shared_ptr<Part>, parts> parts_;
    std::size_t size_ = 0;
};

}  // namespace shanhai
