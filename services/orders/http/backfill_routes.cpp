#include "orders/http/backfill_routes.hpp"

#include "chassis/security/crypto.hpp"
#include "orders/http/order_json.hpp"

#include <boost/json/array.hpp>
#include <limits>

namespace shanhai::orders {
namespace {

namespace json = boost::json;

constexpr std::size_t samples_max = 200;
constexpr std::int64_t paid_after_otherwise = 180;
constexpr std::int64_t paid_after_max = 900;

/// A sample is bought at today's price; its maker does not know price versions.
std::int32_t current_version(const OfferBook& book, SkuId sku) {
    const auto* offer = book.offer(sku);
    return offer == nullptr ? 0 : offer->terms->price_version;
}

json::object answer_json(const Result<Placed>& placed) {
    json::object out;
    if (placed) {
        out["order_number"] = placed->order.number;
        out["replayed"] = placed->replayed;
    } else {
        out["code"] = placed.error().code();
        out["detail"] = placed.error().message();
    }
    return out;
}

}  // namespace

void BackfillRoutes::mount(http::Router& internal) {
    internal.on(http::Method::post, "/internal/v1/backfill",
                [this](const http::Request& request) { return backfill(request); });
}

boost::asio::awaitable<http::Response> BackfillRoutes::backfill(const http::Request& request) {
    auto samples = read(request);
    if (!samples) co_return http::respond_with(samples.error());
    const auto placed = co_await desk_.place_samples(std::move(*samples));
    if (!placed) co_return http::respond_with(placed.error());
    json::array results;
    for (const auto& one : *placed) results.push_back(answer_json(one));
    json::object out;
    out["orders"] = std::move(results);
    co_return http::json_response(out);
}

Result<std::vector<SampleOrder>> BackfillRoutes::read(const http::Request& request) const {
    const auto key = request.header("Shanhai-Internal-Key");
    if (!security::equal_in_constant_time(key, internal_key_)) {
        return Error{Failure::unauthenticated, "internal-key-missing", "this needs the internal key"};
    }
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    std::vector<SampleOrder> samples;
    for (auto& one : fields.objects("orders", 1, samples_max)) samples.push_back(read_sample(one));
    if (auto error = fields.complaints()) return *error;
    return samples;
}

SampleOrder BackfillRoutes::read_sample(http::Fields& fields) const {
    const auto book = offers_.get();
    const auto at = fields.checked<Instant>("at", parse_rfc3339).value_or(Instant{});
    if (at > clock_.now()) fields.complain("at", "must not be in the future");
    OrderRequest request;
    for (auto& line : fields.objects("lines", 1, order_lines_max)) {
        const SkuId sku{
            static_cast<std::uint64_t>(line.integer("sku_id", 1, std::numeric_limits<std::int64_t>::max()))};
        const auto quantity = line.integer("quantity", 1, quantity_max);
        request.lines.push_back({sku, quantity, current_version(*book, sku)});
    }
    request.receiver = read_receiver(fields.object("receiver"));
    request.confirmed_no_return = true;
    std::optional<Attribution> attribution;
    const auto placement =
        fields.optional_integer("placement_id", 1, std::numeric_limits<std::int64_t>::max());
    if (placement) attribution = Attribution{PlacementId{static_cast<std::uint64_t>(*placement)}, at};
    const auto paid_after =
        fields.optional_integer("paid_after_seconds", 0, paid_after_max).value_or(paid_after_otherwise);
    const auto key = fields.optional_text("key", 1, 100);  // Makes a sample repeatable.

    const auto unique = key ? "backfill\n" + *key : security::random_bytes(32);
    RequestKey request_key{security::sha256(unique), security::sha256(canonical_text(request) + rfc3339(at))};
    return {PlaceCommand{std::move(request_key), draft(request, *book, attribution, at), at},
            at + std::chrono::seconds{paid_after}};
}

}  // namespace shanhai::orders
