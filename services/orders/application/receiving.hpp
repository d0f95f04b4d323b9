#pragma once

#include "orders/application/books.hpp"
#include "orders/domain/desk.hpp"

#include <span>
#include <vector>

namespace shanhai::orders {

/// Takes packs into stock, in batches, and corrects it. Blocks.
class Receiving {
public:
    explicit Receiving(const Books& books) : books_{books} {}

    /// Fails, each for itself, with 404 `lot-unknown`, 422 `receipt-above-lot` or `idempotency-key-reused`; a
    /// repeated command gets the receipt it made before.
    std::vector<Result<Received>> receive(std::span<ReceiveCommand> commands);

    /// OrderDesk::take.
    Result<ImportReport> take(const ReceiptTable& table);

    /// Notes a correction that somebody proposes; nothing changes yet. Fails as may_correct, and with 404
    /// `lot-unknown` or 422 `idempotency-key-reused`.
    Result<Correction> propose(const ProposeCorrection& command);
    /// Makes it true: by somebody else than who proposed it (403 `second-person-needed`), once (a repetition
    /// by the same person changes nothing; 409 `correction-confirmed` for anybody else). Fails as
    /// may_correct, and with 404 `correction-unknown`.
    Result<Correction> confirm(const ConfirmCorrection& command);

private:
    const Books& books_;
};

}  // namespace shanhai::orders
