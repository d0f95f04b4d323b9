#include "catalog/store/product_rows.hpp"

#include "chassis/database/lines.hpp"
#include "chassis/files/file_rows.hpp"
#include "chassis/security/crypto.hpp"

namespace shanhai::catalog {

using database::Literal;

Product first_version(const NewProduct& product, ProductId id) {
    return {.id = id,
            .merchant = product.merchant,
            .county = product.county,
            .version = 1,
            .text = product.text,
            .snapshot_hash = {},
            .listed = product.listed,
            .skus = {},
            .certifications = {}};
}

database::Insert insert_versions() {
    return database::Insert{
        "INSERT INTO product_version (product_id, version, name, aliases, category, summary, description, "
        "storage, shelf_life_days, origin_statement, return_policy, purchase_mode, tags, image, canonical, "
        "hash, created_at, created_by) VALUES"};
}

void add_version_row(database::Insert& insert, const Product& product, Instant at, const Author& author) {
    const auto& text = product.text;
    const auto canonical = text.canonical(product.county, product.merchant);
    insert.row(product.id, product.version, text.name, database::lines_of(text.aliases), text.category,
               text.summary, text.description, text.storage, text.shelf_life_days, text.origin_statement,
               wire_name(text.return_policy), wire_name(text.purchase_mode), database::lines_of(text.tags),
               text.image, canonical, Literal::bytes(security::sha256(canonical)), at, author.account);
}

std::optional<Error> fault_of_picture(database::Session& session, const ProductText& text,
                                      const Merchant& merchant, const Author& author) {
    const auto sha256 = text.image ? picture_in(*text.image) : std::nullopt;
    if (!sha256) return std::nullopt;
    for (const auto house : {author.organisation, merchant.organisation}) {
        const auto file = files::find_stored(session, number(house), *sha256);
        if (!file) continue;
        for (const auto& form : file->forms) {
            if (*text.image == picture_address(*sha256, form.name)) return std::nullopt;
        }
    }
    return invalid_field("/image", "your organisation has handed in no such picture to its end");
}

}  // namespace shanhai::catalog
