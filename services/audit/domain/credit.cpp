#include "audit/domain/credit.hpp"

#include <algorithm>

namespace shanhai::audit {
namespace {

Credit credited(const Pairing& pairing, std::string rule) {
    return {pairing.district_code, pairing.id, pairing.programme, std::move(rule)};
}

}  // namespace

bool covers(const Pairing& pairing, std::string_view county_code) {
    if (pairing.county_code == county_code) return true;
    const std::string_view paired{pairing.county_code};
    return paired.ends_with("00") && county_code.substr(0, 4) == paired.substr(0, 4);
}

Credit credit_of(std::string_view county_code, std::string_view placement_district, Date day,
                 const std::vector<Pairing>& pairings) {
    std::vector<const Pairing*> valid;
    for (const auto& pairing : pairings) {
        const bool that_day = pairing.valid_from <= day && day < pairing.valid_to;
        if (pairing.certainty == "STATED" && that_day && covers(pairing, county_code))
            valid.push_back(&pairing);
    }
    for (const auto* pairing : valid) {
        if (pairing->district_code == placement_district) return credited(*pairing, "CHANNEL_DISTRICT");
    }
    const auto other = [&](const Pairing* pairing) {
        return pairing->district_code != valid.front()->district_code;
    };
    if (!valid.empty() && std::ranges::none_of(valid, other)) return credited(*valid.front(), "SOLE_PAIRING");
    return {"UNALLOCATED", PairingId{}, "", "UNALLOCATED"};
}

}  // namespace shanhai::audit
