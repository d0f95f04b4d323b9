#pragma once

#include "chassis/batch/batcher.hpp"
#include "orders/application/closing.hpp"
#include "orders/application/notifications.hpp"
#include "orders/application/order_writer.hpp"
#include "orders/application/payments.hpp"
#include "orders/application/receiving.hpp"

namespace shanhai::orders {

/// The desk of the running service: every write goes to the batcher of its kind, every read to the pool.
class BatchingDesk final : public OrderDesk {
public:
    struct Limits {
        std::size_t orders_at_once = 256;  ///< 1: a transaction an order, for comparison.
        /// While one batch waits for the disk, its locks are free already and the next one goes on.
        std::size_t order_threads = 2;
    };

    /// `notified` is called when a notification was stored and waits to be applied. Starts threads.
    BatchingDesk(const Books& books, const Providers& providers, std::function<void()> notified,
                 Limits limits);

    /// Finishes what was accepted; refuses from now on.
    void stop();

    Answer<Placed> place(PlaceCommand command) override;
    Answer<OrderView> find(std::string order_number) override;
    Answer<Attempt> open_payment(std::string order_number, std::string provider) override;
    Answer<std::string> order_of(std::string attempt_number) override;
    Answer<Done> cancel(std::string order_number) override;
    Answer<Done> accept(std::string provider, Notification notification, std::string body) override;
    Answer<std::vector<Result<Placed>>> place_samples(std::vector<SampleOrder> samples) override;
    Answer<Received> receive(ReceiveCommand command) override;
    Answer<ImportReport> take(ReceiptTable table) override;
    Answer<std::vector<ReceiptRecord>> receipts(std::optional<Instant> from, std::uint64_t after,
                                                std::size_t count) override;
    Answer<Correction> propose(ProposeCorrection command) override;
    Answer<Correction> confirm(ConfirmCorrection command) override;
    /// However many pages ask at once, and for however many SKUs: one query.
    Answer<std::vector<LotLevel>> stock(SkuId sku) override;
    Answer<std::vector<JournalEntry>> journal(SkuId sku, std::uint64_t before, std::size_t limit) override;

private:
    using Samples = std::vector<SampleOrder>;
    using SampleAnswers = std::vector<Result<Placed>>;
    std::vector<Result<SampleAnswers>> place_and_pay(std::span<Samples> samples);

    const Books& books_;
    OrderWriter writer_;
    Payments payments_;
    Closing closing_;
    Notifications notifications_;
    Receiving receiving_;
    std::function<void()> notified_;
    // Last: their threads use all of the above.
    batch::Batcher<PlaceCommand, Placed> orders_;
    batch::Batcher<OpenPayment, Attempt> openings_;
    batch::Batcher<std::string, Done> cancellations_;
    batch::Batcher<IncomingNotification, Done> incoming_;
    batch::Batcher<Samples, SampleAnswers> samples_;
    batch::Batcher<ReceiveCommand, Received> receipts_;
    batch::Batcher<ReceiptTable, ImportReport> tables_;
    batch::Batcher<ProposeCorrection, Correction> proposals_;
    batch::Batcher<ConfirmCorrection, Correction> confirmations_;
    batch::Batcher<SkuId, std::vector<LotLevel>> levels_;
};

}  // namespace shanhai::orders
