#include "catalog/domain/merchant.hpp"

namespace shanhai::catalog {

std::optional<Error> Merchant::fault() const {
    if (!producer()) return std::nullopt;
    if (uscc) {
        if (auto fault = fault_of_area(uscc->area(), county, !area_note.empty(), "/uscc")) return fault;
    }
    if (!food_licence) return std::nullopt;
    return fault_of_area(food_licence->area(), county, !area_note.empty(), "/food_licence");
}

std::string Merchant::canonical() const {
    std::string text = "name=" + name;
    text.append("\nkind=").append(wire_name(kind)).append("\ncounty_code=").append(county.text());
    if (uscc) text.append("\nuscc=").append(uscc->text());
    if (food_licence) text.append("\nfood_licence=").append(food_licence->text());
    if (service_phone) text.append("\nservice_phone=").append(service_phone->text());
    text.append("\norganisation_id=").append(std::to_string(number(organisation)));
    text.append(self_operated ? "\nself_operated=true" : "\nself_operated=false");
    text.append(sample ? "\nsample=true" : "\nsample=false");
    return text.append("\narea_note=").append(area_note) + "\n";
}

std::optional<Error> Merchant::fault_of_offering(const CountyCode& origin) const {
    if (!may_sell())
        return Error{Failure::conflict, "merchant-inactive", "this merchant may not sell at present"};
    if (!producer() || origin == county) return std::nullopt;
    return invalid_field("/county_code", "a producer offers what its own county yields");
}

std::optional<Error> Merchant::fault_of_writing(const Author& author) const {
    const bool own = author.organisation != OrganisationId{} && author.organisation == organisation;
    if (!author.own_only || own) return std::nullopt;
    return Error{Failure::forbidden, "not-your-merchant", "this merchant belongs to another organisation"};
}

}  // namespace shanhai::catalog
