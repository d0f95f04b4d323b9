#include "catalog/store/product_rows.hpp"

#include "chassis/database/lines.hpp"
#include "chassis/files/file_rows.hpp"
#include "chassis/security/crypto.hpp"

namespace shanhai::catalog {

using database::Literal;

namespace {

/// A picture of ours is; one that was handed in counts for whose it is, in the form that has that address.
bool handed_in(database::Session& session, const std::string& address,
               std::initializer_list<OrganisationId> houses) {
    const auto sha256 = picture_in(address);
    if (!sha256) return true;
    for (const auto house : houses) {
        const auto file = files::find_stored(session, number(house), *sha256);
        if (!file) continue;
        for (const auto& form : file->forms) {
            if (address == picture_address(*sha256, form.name)) return true;
        }
    }
    return false;
}

}  // namespace

Product first_version(const NewProduct& product, ProductId id) {
    return {.id = id,
            .merchant = product.merchant,
            .county = product.county,
            .version = 1,
            .text = product.text,
            .snapshot_hash = {},
            .listed = product.listed,
            .ever_listed = product.listed,
            .skus = {},
            .certifications = {}};
}

database::Insert insert_versions() {
    return database::Insert{
        "INSERT INTO product_version (product_id, version, name, aliases, category, summary, description, "
        "storage, shelf_life_days, origin_statement, return_policy, purchase_mode, tags, image, more_images, "
        "canonical, hash, created_at, created_by) VALUES"};
}

void add_version_row(database::Insert& insert, const Product& product, Instant at, const Author& author) {
    const auto& text = product.text;
    const auto canonical = text.canonical(product.county, product.merchant);
    const auto cover = text.images.empty() ? std::nullopt : std::optional{text.images.front()};
    const std::vector<std::string> others{text.images.begin() + (cover ? 1 : 0), text.images.end()};
    insert.row(product.id, product.version, text.name, database::lines_of(text.aliases), text.category,
               text.summary, text.description, text.storage, text.shelf_life_days, text.origin_statement,
               wire_name(text.return_policy), wire_name(text.purchase_mode), database::lines_of(text.tags),
               cover, database::lines_of(others), canonical, Literal::bytes(security::sha256(canonical)), at,
               author.account);
}

std::optional<Error> fault_of_picture(database::Session& session, const std::string& image,
                                      std::string pointer, const Merchant& merchant, const Author& author) {
    if (handed_in(session, image, {author.organisation, merchant.organisation})) return std::nullopt;
    return invalid_field(std::move(pointer), "your organisation has handed in no such picture to its end");
}

std::optional<Error> fault_of_pictures(database::Session& session, const ProductText& text,
                                       const Merchant& merchant, const Author& author) {
    for (std::size_t i = 0; i < text.images.size(); ++i) {
        const auto pointer = "/images/" + std::to_string(i);
        if (auto fault = fault_of_picture(session, text.images[i], pointer, merchant, author)) return fault;
    }
    return std::nullopt;
}

}  // namespace shanhai::catalog
