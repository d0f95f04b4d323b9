#pragma once

#include "catalog/domain/catalogue.hpp"
#include "catalog/domain/product_import.hpp"
#include "catalog/domain/registration.hpp"
#include "catalog/domain/written.hpp"
#include "vocabulary/change.hpp"
#include "vocabulary/valid.hpp"

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::catalog {

/// One version of a product's text, as it was frozen.
struct TextVersion {
    int version = 0;
    std::string canonical;
    std::string hash;  ///< SHA-256 of `canonical`, 32 bytes.
    Instant created_at{};
    AccountId by{};  ///< Who wrote it; 0: nobody, of invented goods.
};

/// A table of products on its way in: the lines that are well by themselves, and what is known of the others.
struct ProductTable {
    std::vector<ProductLine> lines;
    ImportReport report;
    ImportTerms terms;
};

/// Where the catalog is kept. Every write publishes what it made true, in its own transaction.
class CatalogStore {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    virtual ~CatalogStore() = default;

    /// The natural key is the code. The same county again is not made twice; with other facts it fails with
    /// 409 `county-exists`, and with 409 `code-taken` when another county has, or had, one of its codes.
    virtual Awaitable<Written<CountyCode>> register_county(Valid<County> county) = 0;
    /// Corrects the county of that code if `current` is its version (nothing: whichever it is; 412
    /// `version-stale`). Fails with 404 `county-unknown` and 409 `code-taken`.
    virtual Awaitable<CountyCode> change_county(Valid<County> wanted, std::optional<int> current,
                                                Author author) = 0;
    /// What was corrected of a county, after the change `after`, oldest first.
    virtual Awaitable<std::vector<Change>> corrections(CountyCode county, std::uint64_t after,
                                                       std::size_t count) = 0;
    /// The natural key is (district, area, programme, valid_from). The same pairing again is not made twice;
    /// with other facts it fails with 409 `pairing-exists`.
    virtual Awaitable<Written<PairingId>> declare_pairing(Valid<Pairing> pairing) = 0;
    /// Corrects a pairing, its key too, as change_county does. Fails with 404 `pairing-unknown` and 409
    /// `pairing-exists`.
    virtual Awaitable<PairingId> change_pairing(PairingId pairing, Valid<Pairing> wanted,
                                                std::optional<int> current, Author author) = 0;
    virtual Awaitable<std::vector<Change>> corrections(PairingId pairing, std::uint64_t after,
                                                       std::size_t count) = 0;
    /// The natural key is the name. The same merchant again is not created twice; the same name or credit
    /// code with other facts fails with 409 `merchant-exists`.
    virtual Awaitable<Written<MerchantId>> register_merchant(Valid<Merchant> merchant) = 0;
    /// Corrects a merchant if `current` is its version (412 `version-stale`); its offers are published again.
    /// Fails with 409 `merchant-exists` when another has its name or credit code, 409 `merchant-has-products`
    /// when a producer would leave the county that its products name.
    virtual Awaitable<MerchantId> change_merchant(MerchantId merchant, Valid<Merchant> wanted, int current,
                                                  Author author) = 0;
    /// The same of its telephone alone, by its own people too. Fails with 403 `not-your-merchant`.
    virtual Awaitable<MerchantId> change_service_phone(MerchantId merchant, std::optional<ServicePhone> phone,
                                                       int current, Author author) = 0;
    virtual Awaitable<std::vector<Change>> corrections(MerchantId merchant, std::uint64_t after,
                                                       std::size_t count) = 0;
    /// Stops or resumes all sales of a merchant; its offers are published again.
    virtual Awaitable<Done> set_active(MerchantId merchant, bool active) = 0;

    /// Somebody looked at a merchant's papers, who now may sell again if nobody stopped it; its offers are
    /// published again. Fails with 404 `merchant-unknown`, and 422 at a day that has passed or that goes with
    /// no licence.
    virtual Awaitable<MerchantId> record_check(MerchantId merchant, Licences found, std::string note,
                                               Author author) = 0;
    /// Who looked at its papers, after the check `after`, oldest first; 404 `merchant-unknown`.
    virtual Awaitable<std::vector<MerchantCheck>> checks(MerchantId merchant, std::uint64_t after,
                                                         std::size_t count) = 0;
    /// Houses that were verified, in the order of their ids: all, or those without a merchant.
    virtual Awaitable<std::vector<Registration>> registrations(bool hindered_only, OrganisationId after,
                                                               std::size_t count) = 0;

    /// Fails with 409 `product-exists` (same merchant and name), `gtin-taken`.
    virtual Awaitable<ProductId> add_product(Valid<NewProduct> product, Author author) = 0;
    /// Adds what decide_products says, all of it in one transaction or, with one fault, nothing. The same
    /// table again adds nothing.
    virtual Awaitable<ImportReport> import_products(ProductTable table, Author author) = 0;
    /// Adds an SKU to a product. The same SKU again is not added twice. Fails with 409 `gtin-taken`, 409
    /// `too-many-skus`.
    virtual Awaitable<Written<ProductId>> add_sku(ProductId product, Sku sku, Author author) = 0;
    /// Appends a version of the text if `current` is the version it is to follow (nothing: whichever
    /// there is); 412 `version-stale` otherwise.
    virtual Awaitable<int> add_version(ProductId product, Valid<ProductText> text, std::optional<int> current,
                                       Author author) = 0;
    /// Appends a price and returns its product. The price it has already changes nothing.
    virtual Awaitable<ProductId> set_price(SkuId sku, Fen price, Author author) = 0;
    virtual Awaitable<Done> set_listed(ProductId product, bool listed, Author author) = 0;
    virtual Awaitable<std::vector<TextVersion>> versions(ProductId product) = 0;

    /// What a copy of that revision lacks; 0 is a copy of nothing.
    virtual Awaitable<CatalogueNews> news(std::uint64_t known) = 0;
};

}  // namespace shanhai::catalog
