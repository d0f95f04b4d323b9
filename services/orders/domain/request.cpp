#include "orders/domain/request.hpp"

#include <algorithm>

namespace shanhai::orders {
namespace {

/// A scan a little ahead of our clock is another machine's clock, not a forgery.
constexpr std::chrono::minutes clock_skew_max{5};

Error line_error(Failure kind, std::string code, std::size_t line, std::string_view member,
                 std::string message) {
    std::vector<FieldError> fields;
    fields.push_back({"/lines/" + std::to_string(line) + std::string{member}, message});
    return Error{kind, std::move(code), std::move(message), std::move(fields)};
}

/// A text after its length, so that no two sequences of texts read alike.
void append(std::string& out, std::string_view text) {
    out += std::to_string(text.size());
    out += ':';
    out += text;
}

Result<DraftLine> draft_line(const LineRequest& line, std::size_t index, const OfferBook& book, Instant at) {
    const auto* offer = book.offer(line.sku);
    if (offer == nullptr) {
        return line_error(Failure::invalid, "sku-unknown", index, "/sku_id", "there is no such SKU");
    }
    const auto& terms = *offer->terms;
    if (!offer->listed || !book.merchant_active(terms.merchant)) {
        return line_error(Failure::conflict, "not-for-sale", index, "/sku_id",
                          "this SKU is not for sale now");
    }
    if (line.price_version != terms.price_version) {
        return line_error(Failure::conflict, "price-changed", index, "/price_version",
                          "the price has changed: the current price_version is " +
                              std::to_string(terms.price_version) + " at " +
                              std::to_string(terms.price.count()) + " fen");
    }
    const auto certification = offer->certification_at(at);
    if (!certification) {
        return line_error(Failure::conflict, "certification-not-valid", index, "/sku_id",
                          "this product has no certification that is valid now");
    }
    return DraftLine{offer->terms, line.quantity, *certification};
}

std::optional<Error> above_cap(const std::vector<DraftLine>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto sku = lines[i].terms->sku;
        std::int64_t sum = 0;
        for (std::size_t j = 0; j <= i; ++j) {
            if (lines[j].terms->sku == sku) sum += lines[j].quantity;
        }
        const auto cap = lines[i].terms->order_quantity_max;
        if (sum > cap) {
            return line_error(Failure::invalid, "quantity-above-cap", i, "/quantity",
                              "at most " + std::to_string(cap) + " of this SKU can be bought in one order");
        }
    }
    return std::nullopt;
}

void attribute(OrderDraft& draft, const std::optional<Attribution>& attribution, const OfferBook& book,
               Instant at) {
    if (!attribution) return;
    const auto age = at - attribution->scanned;
    if (age > attribution_life || age < -clock_skew_max) return;
    draft.placement = attribution->placement;
    if (const auto* placement = book.placement(attribution->placement)) draft.channel = placement->channel;
}

bool needs_confirmation(const OrderDraft& draft) {
    return std::ranges::any_of(draft.lines, [](const DraftLine& line) {
        return line.terms->return_policy == ReturnPolicy::confirmed_exempt;
    });
}

}  // namespace

std::string canonical_text(const OrderRequest& request) {
    std::string text;
    for (const auto& line : request.lines) {
        append(text, std::to_string(number(line.sku)));
        append(text, std::to_string(line.quantity));
        append(text, std::to_string(line.price_version));
    }
    text += request.attribution ? "|a" : "|-";
    append(text, request.attribution.value_or(""));
    append(text, request.receiver.name);
    append(text, request.receiver.phone);
    text += request.receiver.region_code ? "|r" : "|-";
    append(text, request.receiver.region_code.value_or(""));
    append(text, request.receiver.address);
    text += request.confirmed_no_return ? "|y" : "|n";
    return text;
}

Result<OrderDraft> draft(const OrderRequest& request, const OfferBook& book,
                         const std::optional<Attribution>& attribution, Instant at) {
    OrderDraft draft;
    draft.lines.reserve(request.lines.size());
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        auto line = draft_line(request.lines[i], i, book, at);
        if (!line) return line.error();
        draft.total += line->terms->price * line->quantity;
        draft.lines.push_back(std::move(*line));
    }
    if (auto error = above_cap(draft.lines)) return *error;
    if (draft.total > line_fen_max) {
        return Error{Failure::invalid, "total-too-large", "an order may cost at most ten million yuan"};
    }
    if (needs_confirmation(draft) && !request.confirmed_no_return) {
        const std::string detail = "these goods cannot be returned without a reason; this must be confirmed";
        std::vector<FieldError> fields;
        fields.push_back({"/confirmed_no_return", detail});
        return Error{Failure::invalid, "confirmation-missing", detail, std::move(fields)};
    }
    attribute(draft, attribution, book, at);
    draft.receiver = request.receiver;
    draft.confirmed_no_return = request.confirmed_no_return;
    return draft;
}

Result<Done> still_for_sale(const OrderDraft& draft, const OfferBook& book, Instant at) {
    for (std::size_t i = 0; i < draft.lines.size(); ++i) {
        const auto& terms = *draft.lines[i].terms;
        const LineRequest again{terms.sku, draft.lines[i].quantity, terms.price_version};
        const auto line = draft_line(again, i, book, at);
        if (!line) return line.error();
    }
    return Done{};
}

}  // namespace shanhai::orders
