#include "orders/application/lookup.hpp"

#include "orders/store/deal_rows.hpp"
#include "orders/store/order_list.hpp"
#include "orders/store/order_rows.hpp"
#include "orders/store/vault_rows.hpp"

#include <set>

namespace shanhai::orders {
namespace {

using database::Session;

std::optional<Error> fault_of_reading(Session& session, const ListReader& reader, const OrderFilter& filter) {
    if (!reader.own_only) return std::nullopt;
    const auto organisation = filter.merchant ? organisation_of(session, *filter.merchant) : std::nullopt;
    if (organisation && *organisation != OrganisationId{} && *organisation == reader.organisation)
        return std::nullopt;
    return Error{Failure::forbidden, "not-your-merchant", "this merchant belongs to another organisation"};
}

void mask_receivers(Session& session, const Vault& vault, std::vector<ListedOrder>& listed) {
    if (listed.empty()) return;
    std::vector<OrderId> ids;
    for (const auto& one : listed) ids.push_back(one.order.id);
    const auto stored = load_receivers(session, ids);
    for (auto& one : listed) {
        const auto found = stored.find(one.order.id);
        if (found == stored.end()) continue;
        const auto receiver = vault.open(one.order.id, found->second.wrapped_key, found->second.sealed);
        if (!receiver) continue;
        one.receiver_name = masked_name(receiver->name);
        one.receiver_phone = masked_phone(receiver->phone);
        one.receiver_address = masked_address(receiver->address);
    }
}

}  // namespace

Lookup::Answer<std::vector<ListedOrder>> Lookup::orders(ListReader reader, OrderFilter filter,
                                                        std::optional<ListPosition> after,
                                                        std::size_t limit) {
    auto work = [this, reader, filter = std::move(filter), after,
                 limit](Session& session) -> Result<std::vector<ListedOrder>> {
        if (auto fault = fault_of_reading(session, reader, filter)) return *fault;
        const auto ids = list_orders(session, filter, after, limit);
        auto orders = load_orders(session, ids, Locking::none);
        std::vector<ListedOrder> listed;
        for (const auto id : ids) {
            const auto found = orders.find(id);
            if (found == orders.end()) continue;
            listed.push_back({std::move(found->second)});
            if (reader.own_only) listed.back().keep_lines_of(*filter.merchant);
        }
        mask_receivers(session, books_.vault, listed);
        return listed;
    };
    co_return co_await books_.pool.transact(std::move(work));
}

Lookup::Answer<std::map<SkuId, Lookup::Past>> Lookup::past(std::vector<SkuId> skus, Date first) {
    auto work = [skus = std::move(skus), first](Session& session) -> Result<std::map<SkuId, Past>> {
        std::map<SkuId, Past> all;
        for (auto& [sku, deals] : load_deals(session, skus, first)) all[sku].deals = std::move(deals);
        for (auto& [sku, offered] : load_offered(session, skus)) all[sku].offered = std::move(offered);
        return all;
    };
    co_return co_await books_.pool.transact(std::move(work));
}

Lookup::Answer<std::vector<SkuId>> Lookup::shown_to(Reader reader, std::shared_ptr<const OfferBook> book,
                                                    std::vector<SkuId> skus) {
    std::set<SkuId> unlisted;
    for (const auto sku : skus) {
        const auto* const offer = book->offer(sku);
        if (offer != nullptr && offer->never_listed) unlisted.insert(sku);
    }
    if (unlisted.empty() || reader.oversees) co_return skus;
    if (reader.organisation == OrganisationId{}) {
        std::erase_if(skus, [&](SkuId sku) { return unlisted.contains(sku); });
        co_return skus;
    }
    auto work = [book, reader, unlisted,
                 skus = std::move(skus)](Session& session) -> Result<std::vector<SkuId>> {
        std::map<MerchantId, bool> own;
        const auto knows = [&](SkuId sku) {
            const auto merchant = book->offer(sku)->terms->merchant;
            const auto [found, first] = own.emplace(merchant, false);
            if (first) {
                const auto house = organisation_of(session, merchant).value_or(OrganisationId{});
                found->second = reader.knows_never_listed_of(house);
            }
            return found->second;
        };
        std::vector<SkuId> shown;
        for (const auto sku : skus) {
            if (!unlisted.contains(sku) || knows(sku)) shown.push_back(sku);
        }
        return shown;
    };
    co_return co_await books_.pool.transact(std::move(work));
}

}  // namespace shanhai::orders
