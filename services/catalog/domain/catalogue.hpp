#pragma once

#include "catalog/domain/place.hpp"
#include "catalog/domain/product.hpp"
#include "vocabulary/reader.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::catalog {

/// What products stand among: where they come from, and who sells them.
struct Registry {
    std::map<CountyCode, County> counties;
    std::map<CountyCode, CountyCode> present_codes;  ///< By former code.
    std::map<PairingId, Pairing> pairings;
    std::map<SchemeCode, std::string> schemes;  ///< What each is called.
    std::map<MerchantId, Merchant> merchants;

    /// The county of that code, or of the code that replaced it; null when there is none.
    const County* county(const CountyCode& code) const;
    const Merchant* merchant(MerchantId id) const;
    /// The codes, also former ones, of the counties of the province or prefecture that is called so; none of
    /// what is none.
    std::vector<CountyCode> codes_in(std::string_view area) const;

    /// Listed, by a merchant who may sell, and certified at that moment.
    bool saleable(const Product& product, Instant at) const;

    /// Whether somebody may know of a thing of this merchant: the public of what is or was listed, its own
    /// house and those who oversee of all.
    bool shown_to(const Reader& reader, MerchantId merchant, bool ever_listed) const;
};

/// Everything the catalog holds, as it was at one revision: a hundred thousand products fit in memory, and
/// every public read is answered from there.
struct Catalogue : Registry {
    std::uint64_t revision = 0;  ///< Grows with every write.
    std::map<ProductId, Product> products;
};

/// What a copy of an earlier revision lacks. What was changed and is not in `read` is there no more.
struct CatalogueNews {
    Catalogue read;
    std::uint64_t known = 0;         ///< The revision of that copy.
    bool whole = false;              ///< Nobody can tell what was changed: `read` is all there is.
    bool places = false;             ///< Counties, pairings or schemes were changed: `read` has all of them.
    std::set<MerchantId> merchants;  ///< Those that were changed, not their goods.
    std::set<ProductId> products;

    /// What is stored is older than the copy: a backup was brought back, or a replica that lacked the end
    /// took over.
    bool went_back() const { return whole && read.revision < known; }
};

}  // namespace shanhai::catalog
