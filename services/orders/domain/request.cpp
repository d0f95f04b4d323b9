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

/// What makes a sale of this SKU count; a complaint at `member` of the line when it is not sold now.
Result<CertificationId> sellable(const Offer& offer, const OfferBook& book, Instant at, std::size_t index,
                                 std::string_view member) {
    if (!offer.listed || !book.merchant_active(offer.terms->merchant)) {
        return line_error(Failure::conflict, "not-for-sale", index, member, "this is not for sale now");
    }
    const auto certification = offer.certification_at(at);
    if (certification) return *certification;
    return line_error(Failure::conflict, "certification-not-valid", index, member,
                      "this product has no certification that is valid now");
}

std::optional<Error> add_sku(const LineRequest& line, std::size_t index, const OfferBook& book, Instant at,
                             std::vector<DraftLine>& lines) {
    const auto* offer = book.offer(line.sku);
    if (offer == nullptr || offer->never_listed) {
        return line_error(Failure::invalid, "sku-unknown", index, "/sku_id", "there is no such SKU");
    }
    const auto certification = sellable(*offer, book, at, index, "/sku_id");
    const auto& terms = *offer->terms;
    const bool on_sale = certification || certification.error().code() != "not-for-sale";
    if (on_sale && line.price_version != terms.price_version) {
        return line_error(Failure::conflict, "price-changed", index, "/price_version",
                          "the price has changed: the current price_version is " +
                              std::to_string(terms.price_version) + " at " +
                              std::to_string(terms.price.count()) + " fen");
    }
    if (!certification) return certification.error();
    lines.push_back({offer->terms, line.quantity, *certification, index});
    return std::nullopt;
}

/// Why nobody may buy this bundle as it was read.
std::optional<Error> bundle_fault(const Bundle* bundle, std::int32_t version, std::size_t index) {
    if (bundle == nullptr) {
        return line_error(Failure::invalid, "bundle-unknown", index, "/bundle_id", "there is no such bundle");
    }
    if (!bundle->listed || bundle->packs.empty()) {
        return line_error(Failure::conflict, "not-for-sale", index, "/bundle_id",
                          "this bundle is not for sale now");
    }
    if (version == bundle->version) return std::nullopt;
    return line_error(Failure::conflict, "bundle-changed", index, "/bundle_version",
                      "the bundle has changed: its current version is " + std::to_string(bundle->version) +
                          " at " + std::to_string(bundle->price.count()) + " fen");
}

std::optional<Error> add_bundle(const LineRequest& line, std::size_t index, const OfferBook& book, Instant at,
                                std::vector<DraftLine>& lines) {
    const auto* bundle = book.bundle(*line.bundle);
    if (auto fault = bundle_fault(bundle, line.price_version, index)) return fault;
    for (const auto& packs : bundle->packs) {
        const auto* offer = book.offer(packs.terms->sku);
        if (offer == nullptr) {
            return line_error(Failure::conflict, "not-for-sale", index, "/bundle_id",
                              "a part of this bundle is not for sale now");
        }
        const auto certification = sellable(*offer, book, at, index, "/bundle_id");
        if (!certification) return certification.error();
        lines.push_back({packs.terms, packs.quantity * line.quantity, *certification, index});
    }
    return std::nullopt;
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
            return line_error(Failure::invalid, "quantity-above-cap", lines[i].asked, "/quantity",
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
        append(text, line.bundle ? "bundle " + std::to_string(number(*line.bundle))
                                 : std::to_string(number(line.sku)));
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
        const auto& line = request.lines[i];
        auto refusal = line.bundle ? add_bundle(line, i, book, at, draft.lines)
                                   : add_sku(line, i, book, at, draft.lines);
        if (refusal) return *refusal;
        if (draft.lines.size() > order_parts_max) {
            return invalid_field("/lines/" + std::to_string(i),
                                 "an order holds at most " + std::to_string(order_parts_max) +
                                     " kinds of packs, those within bundles among them");
        }
    }
    for (const auto& line : draft.lines) draft.total += line.terms->price * line.quantity;
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
    std::vector<DraftLine> again;
    for (const auto& line : draft.lines) {
        const auto& terms = *line.terms;
        if (!terms.bundle) {
            const LineRequest alone{terms.sku, line.quantity, terms.price_version};
            if (auto refusal = add_sku(alone, line.asked, book, at, again)) return *refusal;
            continue;
        }
        const auto* bundle = book.bundle(terms.bundle->id);
        if (auto fault = bundle_fault(bundle, terms.bundle->version, line.asked)) return *fault;
        const auto* offer = book.offer(terms.sku);
        if (offer == nullptr) continue;  // Offers are never forgotten.
        const auto sold = sellable(*offer, book, at, line.asked, "/bundle_id");
        if (!sold) return sold.error();
    }
    return Done{};
}

}  // namespace shanhai::orders
