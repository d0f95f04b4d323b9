#include "catalog/domain/catalogue.hpp"

namespace shanhai::catalog {
namespace {

template <class Map, class Key>
auto* found(const Map& map, const Key& key) {
    const auto at = map.find(key);
    return at == map.end() ? nullptr : &at->second;
}

}  // namespace

const County* Registry::county(const CountyCode& code) const {
    if (const auto* present = found(counties, code)) return present;
    const auto* replaced = found(present_codes, code);
    return replaced == nullptr ? nullptr : found(counties, *replaced);
}

const Merchant* Registry::merchant(MerchantId id) const { return found(merchants, id); }

std::vector<CountyCode> Registry::codes_in(std::string_view area) const {
    std::vector<CountyCode> codes;
    for (const auto& [code, county] : counties) {
        if (county.province != area && county.prefecture != area) continue;
        codes.push_back(code);
        for (const auto& [former, present] : present_codes) {
            if (present == code) codes.push_back(former);
        }
    }
    return codes;
}

bool Registry::saleable(const Product& product, Instant at) const {
    const auto* const seller = merchant(product.merchant);
    return product.listed && seller != nullptr && seller->may_sell() && product.certified_at(at);
}

bool Registry::shown_to(const Reader& reader, MerchantId id, bool ever_listed) const {
    if (ever_listed) return true;
    const auto* const seller = merchant(id);
    return reader.knows_never_listed_of(seller == nullptr ? OrganisationId{} : seller->organisation);
}

}  // namespace shanhai::catalog
