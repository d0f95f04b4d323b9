#pragma once

#include "orders/domain/payment.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::orders {

/// The payment providers this installation uses, by name.
class Providers {
public:
    void add(PaymentProvider& provider) { providers_.push_back(&provider); }

    PaymentProvider* find(std::string_view name) const {
        for (auto* provider : providers_) {
            if (provider->name() == name) return provider;
        }
        return nullptr;
    }

    std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const auto* provider : providers_) names.emplace_back(provider->name());
        return names;
    }

private:
    std::vector<PaymentProvider*> providers_;
};

}  // namespace shanhai::orders
