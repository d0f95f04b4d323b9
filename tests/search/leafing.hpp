#pragma once

#include "search/asking.hpp"

#include <functional>

namespace shanhai::catalog {

/// Every page of a list, five products each; `between` happens once, after the second page.
class Leafing : public Asking {
protected:
    std::vector<std::string> leaf(const std::string& query, const std::function<void()>& between) {
        std::vector<std::string> names;
        std::string cursor;
        for (int pages = 1; pages == 1 || !cursor.empty(); ++pages) {
            const auto page = list(query + "&limit=5" + (cursor.empty() ? "" : "&cursor=" + cursor));
            for (auto& name : names_in(page)) names.push_back(std::move(name));
            const auto& next = page.at("next");
            cursor = next.is_null() ? "" : std::string{next.as_string()};
            if (pages == 2) between();
        }
        return names;
    }
    void later() { clock_.at += std::chrono::seconds{5}; }
    void suspend(ProductId id) {
        later();
        auto product = stored_.products.at(id);
        for (auto& one : product.certifications) {
            one.state = CertificationState::suspended;
            one.state_since = clock_.at;
        }
        change(product);
    }
    void certify(ProductId id) {
        later();
        auto product = stored_.products.at(id);
        Certification one{
            .scheme = *SchemeCode::parse("MINHANG_YOUPIN"), .authority = {}, .number = {}, .reason = {}};
        one.year = 2026;
        one.valid_from = *parse_date("2026-01-01");
        one.valid_to = *parse_date("2027-01-01");
        one.recorded = one.state_since = clock_.at;
        product.certifications.push_back(std::move(one));
        change(product);
    }
    void price(ProductId id, std::size_t size, Fen price) {
        later();
        auto product = stored_.products.at(id);
        auto& sku = product.skus.at(size);
        product.former_prices.push_back({sku.id, sku.price, clock_.at});
        sku.price = price;
        sku.price_version += 1;
        sku.price_since = clock_.at;
        change(product);
    }
    void offer(ProductId id, Fen price) {
        later();
        auto product = stored_.products.at(id);
        auto sku = product.skus.front();
        sku.id = SkuId{9'000};
        sku.price = price;
        sku.price_version = 1;
        sku.price_since = sku.offered_since = clock_.at;
        product.skus.push_back(std::move(sku));
        change(product);
    }
};

}  // namespace shanhai::catalog
