#pragma once

#include "catalog/domain/catalog_store.hpp"
#include "catalog/store/announcement.hpp"
#include "chassis/database/telling.hpp"

#include <functional>
#include <utility>

namespace shanhai::catalog {

/// The catalog in MariaDB. A write that changes an offer locks its product's row first, so that offers of
/// one product are published in the order in which they became true; then it notes what it touched and
/// publishes, last of all.
class MysqlCatalogStore final : public CatalogStore {
public:
    /// `committed` is called after every transaction that published (it wakes the relay).
    MysqlCatalogStore(database::Pool& pool, Announce announce, std::function<void()> committed)
        : pool_{pool}, announce_{std::move(announce)}, committed_{std::move(committed)} {}

    Awaitable<Written<CountyCode>> register_county(Valid<County> county) override;
    Awaitable<CountyCode> change_county(Valid<County> wanted, std::optional<int> current,
                                        Author author) override;
    Awaitable<std::vector<Change>> corrections(CountyCode county, std::uint64_t after,
                                               std::size_t count) override;
    Awaitable<Written<PairingId>> declare_pairing(Valid<Pairing> pairing) override;
    Awaitable<PairingId> change_pairing(PairingId pairing, Valid<Pairing> wanted, std::optional<int> current,
                                        Author author) override;
    Awaitable<std::vector<Change>> corrections(PairingId pairing, std::uint64_t after,
                                               std::size_t count) override;
    Awaitable<Written<MerchantId>> register_merchant(Valid<Merchant> merchant) override;
    Awaitable<MerchantId> change_merchant(MerchantId merchant, Valid<Merchant> wanted, int current,
                                          Author author) override;
    Awaitable<MerchantId> change_service_phone(MerchantId merchant, std::optional<ServicePhone> phone,
                                               int current, Author author) override;
    Awaitable<std::vector<Change>> corrections(MerchantId merchant, std::uint64_t after,
                                               std::size_t count) override;
    Awaitable<Done> set_active(MerchantId merchant, bool active) override;
    Awaitable<MerchantId> record_check(MerchantId merchant, Licences found, std::string note,
                                       Author author) override;
    Awaitable<std::vector<MerchantCheck>> checks(MerchantId merchant, std::uint64_t after,
                                                 std::size_t count) override;
    Awaitable<std::vector<Registration>> registrations(bool hindered_only, OrganisationId after,
                                                       std::size_t count) override;

    Awaitable<ProductId> add_product(Valid<NewProduct> product, Author author) override;
    Awaitable<ImportReport> import_products(ProductTable table, Author author) override;
    Awaitable<Written<ProductId>> add_sku(ProductId product, Sku sku, Author author) override;
    Awaitable<int> add_version(ProductId product, Valid<ProductText> text, std::optional<int> current,
                               Author author) override;
    Awaitable<ProductId> set_price(SkuId sku, Fen price, Author author) override;
    Awaitable<Done> set_listed(ProductId product, bool listed, Author author) override;
    Awaitable<std::vector<TextVersion>> versions(ProductId product) override;

    Awaitable<CatalogueNews> news(std::uint64_t known) override;

    // For threads that may block: the start of the service, and its refresher.
    Result<CatalogueNews> news_now(std::uint64_t known);
    /// Tells every offer once more when its fact says more than it did when it was told last.
    Result<Done> tell_again_after_an_upgrade();
    /// A certification as its service declared it, in the transaction that learns of it: the product's offers
    /// are published with it. Throws when there is no such product.
    void learn(database::Session& session, const Certification& certification);
    /// A house that identity let in, in the transaction that learns of it: it becomes a merchant, or what
    /// hinders it is kept and looked at again when a county or a merchant changes. Hearing it twice is no
    /// harm.
    void learn(database::Session& session, const VerifiedMerchant& verified);
    /// A house that identity has renamed, in the transaction that learns of it: a merchant that was called as
    /// the house was follows it, as a correction by `by`; one that has a name of its own, or whose new name
    /// another merchant has, stays as it is. A house that waits to become a merchant does so by its new name.
    void learn_new_name(database::Session& session, OrganisationId house, const std::string& before,
                        const std::string& after, AccountId by);
    /// Stops the sales of merchants whose papers nobody looked at in time.
    Result<Done> lapse_overdue();

private:
    using Session = database::Session;

    Result<Written<CountyCode>> write_county(Session& session, const County& county);
    Result<CountyCode> correct_county(Session& session, const County& wanted, std::optional<int> current,
                                      const Author& author);
    Result<Written<PairingId>> write_pairing(Session& session, const Pairing& pairing);
    Result<PairingId> correct_pairing(Session& session, PairingId id, const Pairing& wanted,
                                      std::optional<int> current, const Author& author);
    Result<Written<MerchantId>> write_merchant(Session& session, const Merchant& merchant);
    Result<MerchantId> write_correction(Session& session, MerchantId id, const Merchant& wanted, int current,
                                        const Author& author);
    Result<Written<ProductId>> write_sku(Session& session, ProductId id, const Sku& sku,
                                         const Author& author);
    /// The last statements of a change of a merchant: it and its offers are published as they are now.
    void conclude_merchant(Session& session, MerchantId id);
    Result<Done> write_active(Session& session, MerchantId id, bool active);
    void register_verified(Session& session, const VerifiedMerchant& verified);
    void register_hindered(Session& session);
    /// A merchant that somebody registered by hand becomes the house's; nothing when another got its credit
    /// code a moment ago.
    std::optional<MerchantId> hand_over(Session& session, MerchantId known, const VerifiedMerchant& verified);
    Result<MerchantId> write_check(Session& session, MerchantId id, const Licences& found,
                                   const std::string& note, const Author& author);
    Result<ProductId> write_product(Session& session, const NewProduct& product, const Author& author);
    Result<ImportReport> write_import(Session& session, const ProductTable& table, const Author& author);
    Result<int> write_version(Session& session, ProductId id, const ProductText& text,
                              std::optional<int> current, const Author& author);
    Result<ProductId> write_price(Session& session, SkuId sku, Fen price, const Author& author);
    Result<Done> write_listed(Session& session, ProductId id, bool listed, const Author& author);
    /// Tells those that the catalog kept, with their histories, and that these were all.
    void hand_over_certifications(Session& session, const Catalogue& catalogue);

    /// Locks the product's row; nothing may be read of it before. Fails with 404 `product-unknown`.
    Result<Offer> locked_offer(Session& session, ProductId id);
    /// The last two statements of every write.
    void conclude(Session& session, const Announcement& announcement);
    /// The same for one product, as it is stored by now.
    void conclude_offer(Session& session, ProductId id);

    database::Pool& pool_;
    Announce announce_;
    std::function<void()> committed_;
};

}  // namespace shanhai::catalog
