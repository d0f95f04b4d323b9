#include "audit/application/sales_desk.hpp"

#include "audit/store/ledger_store.hpp"
#include "audit/store/sale_day_store.hpp"
#include "chassis/sheets/table.hpp"

#include <utility>

namespace shanhai::audit {
namespace {

using database::Session;

Result<SellingMerchant> readable(Session& session, const SalesReader& reader, MerchantId id) {
    auto merchant = find_merchant(session, id);
    const bool own = merchant && merchant->organisation != OrganisationId{} &&
                     merchant->organisation == reader.organisation;
    if (reader.own_only && !own)
        return Error{Failure::forbidden, "not-your-merchant",
                     "this merchant belongs to another organisation"};
    if (!merchant) return Error{Failure::not_found, "merchant-unknown", "there is no such merchant"};
    return std::move(*merchant);
}

template <class T, class Read>
Result<SalesDesk::Told<T>> told(Session& session, const SalesReader& reader, MerchantId id, Read read) {
    auto merchant = readable(session, reader, id);
    if (!merchant) return merchant.error();
    auto head = read_head(session);
    if (summed_entries(session) < head.size) {
        return Error{Failure::unavailable, "sales-not-summed",
                     "older sales are still being summed up; ask again in a moment"};
    }
    return SalesDesk::Told<T>{read(), std::move(merchant->name), std::move(head)};
}

}  // namespace

SalesDesk::Answer<SalesDesk::Told<MerchantSales>> SalesDesk::sales(SalesReader reader, MerchantId merchant,
                                                                   DayRange days) {
    auto work = [=](Session& session) {
        return told<MerchantSales>(session, reader, merchant,
                                   [&] { return sales_of(session, merchant, days); });
    };
    co_return co_await pool_.transact(std::move(work));
}

SalesDesk::Answer<SalesDesk::Told<std::vector<SalesLine>>> SalesDesk::lines(SalesReader reader,
                                                                            MerchantId merchant,
                                                                            DayRange days) {
    auto work = [=](Session& session) {
        return told<std::vector<SalesLine>>(session, reader, merchant, [&] {
            return sales_lines(session, merchant, days, sheets::export_lines_max + 1);
        });
    };
    co_return co_await pool_.transact(std::move(work));
}

}  // namespace shanhai::audit
