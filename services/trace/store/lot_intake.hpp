#pragma once

#include "chassis/database/session.hpp"
#include "trace/domain/registry.hpp"

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace shanhai::trace {

/// Lots on their way into the registry, one or thousands in one transaction: what they name is read in few
/// statements, each is judged as if those before it were registered, and all are written at once.
class LotIntake {
public:
    /// Locks the bases that the requests name, in the order of their ids, so that lots of one base are
    /// weighed one after the other.
    LotIntake(database::Session& session, const Writer& writer, std::span<const LotRequest* const> requests);

    /// The rules of Registry::add_lot. A lot that is new has no id yet.
    Result<Registered<Lot>> take(const LotRequest& request);
    /// Whose lot it would be; nothing when nobody knows the SKU.
    std::optional<MerchantId> merchant_of(const LotRequest& request);

    /// Registers the new lots and returns them with their ids. Throws SqlError as for a deadlock when
    /// somebody used one of the codes on another base meanwhile: who looks again sees it.
    std::vector<Lot> write();

private:
    using Code = std::pair<MerchantId, std::string>;
    struct NewLot {
        Lot lot;
        bool checked;  ///< Whether its expiry was compared with how long these goods keep.
    };

    void lock_bases(std::span<const LotRequest* const> requests);
    void read_earlier(std::span<const LotRequest* const> requests);
    const std::optional<KnownSku>& sku(SkuId id);
    Result<Done> check_merchant(MerchantId id, std::string pointer);
    std::vector<Registration>& registered(const Lot& lot);

    database::Session& session_;
    const Writer& writer_;
    std::map<BaseId, Base> bases_;
    std::map<SkuId, std::optional<KnownSku>> skus_;
    std::map<MerchantId, std::optional<KnownMerchant>> merchants_;
    std::map<Code, Lot> earlier_;
    std::map<std::pair<BaseId, std::chrono::year>, std::vector<Registration>> registered_;
    std::vector<NewLot> new_;
};

}  // namespace shanhai::trace
