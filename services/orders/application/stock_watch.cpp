#include "orders/application/stock_watch.hpp"

#include "orders/store/order_list.hpp"
#include "orders/store/threshold_rows.hpp"

#include <algorithm>
#include <set>

namespace shanhai::orders {
namespace {

using database::Session;

std::optional<Error> fault_of_keeping(Session& session, const StockKeeper& keeper,
                                      const std::set<MerchantId>& merchants) {
    if (!keeper.own_only) return std::nullopt;
    const bool own = std::ranges::all_of(merchants, [&](MerchantId merchant) {
        const auto organisation = organisation_of(session, merchant);
        return organisation && *organisation != OrganisationId{} && *organisation == keeper.organisation;
    });
    if (own) return std::nullopt;
    return Error{Failure::forbidden, "not-your-merchant", "this merchant belongs to another organisation"};
}

}  // namespace

Error sku_unknown() { return Error{Failure::not_found, "sku-unknown", "there is no such SKU"}; }

StockWatch::Answer<std::vector<KeptThresholds>> StockWatch::thresholds(StockKeeper keeper,
                                                                       std::vector<SkuId> skus) {
    auto work = [book = books_.offers.get(), keeper,
                 skus = std::move(skus)](Session& session) -> Result<std::vector<KeptThresholds>> {
        std::vector<KeptThresholds> all;
        std::set<MerchantId> merchants;
        for (const auto sku : skus) {
            const auto* const offer = book->offer(sku);
            if (offer == nullptr) continue;
            const auto merchant = offer->terms->merchant;
            // Of what was never listed others do not learn that there is such an SKU.
            if (offer->never_listed && fault_of_keeping(session, keeper, {merchant})) continue;
            merchants.insert(merchant);
            all.push_back({.sku = sku});
        }
        if (auto fault = fault_of_keeping(session, keeper, merchants)) return *fault;
        const auto said = load_thresholds(session, skus);
        for (auto& one : all) {
            if (const auto found = said.find(one.sku); found != said.end()) one = found->second;
        }
        return all;
    };
    co_return co_await books_.pool.transact(std::move(work));
}

StockWatch::Answer<KeptThresholds> StockWatch::set(StockKeeper keeper, SkuId sku,
                                                   StockThresholds thresholds) {
    auto work = [book = books_.offers.get(), keeper, sku,
                 thresholds](Session& session) -> Result<KeptThresholds> {
        const auto* const offer = book->offer(sku);
        if (offer == nullptr) return sku_unknown();
        if (auto fault = fault_of_keeping(session, keeper, {offer->terms->merchant}))
            return offer->never_listed ? sku_unknown() : *fault;
        const auto said = load_thresholds(session, std::span{&sku, 1});
        // The same word again is no other.
        if (!said.empty() && said.at(sku).thresholds == thresholds) return said.at(sku);
        return insert_thresholds(session, sku, thresholds, keeper.account);
    };
    co_return co_await books_.pool.transact(std::move(work));
}

}  // namespace shanhai::orders
