#include "trace/domain/base.hpp"

namespace shanhai::trace {

Gram Base::yield_max() const {
    // area/100 mu × yield kg × 1000 g: ten grams for each hundredth of a mu and kilogram.
    const Gram declared = Gram{details.area.count()} * details.yield_kg_per_mu * 10;
    const std::int64_t tolerated = (BasisPoint{10'000} + yield_tolerance).count();
    return Gram{(declared * tolerated).count() / 10'000};
}

}  // namespace shanhai::trace
