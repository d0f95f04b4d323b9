#include "catalog/domain/category.hpp"

#include <algorithm>
#include <array>

namespace shanhai::catalog {
namespace {

constexpr int years(int count) { return 365 * count; }

constexpr Category food(std::string_view code, std::string_view name, std::string_view picture,
                        int shelf_life_days_max) {
    return {.code = code, .name = name, .picture = picture, .shelf_life_days_max = shelf_life_days_max};
}
/// What is sold fresh, and also dried or tinned.
constexpr Category fresh(std::string_view code, std::string_view name, std::string_view picture,
                         int shelf_life_days_max) {
    return {.code = code,
            .name = name,
            .picture = picture,
            .shelf_life_days_max = shelf_life_days_max,
            .perishable = true};
}
constexpr Category handicraft(std::string_view code, std::string_view name, std::string_view picture) {
    return {.code = code, .name = name, .picture = picture, .food = false, .handmade = true};
}

constexpr std::array all{
    food("food_processed", "加工食品", "noodles", years(2)),
    fresh("food_bamboo_shoot", "笋制品", "bamboo-shoot", years(3)),
    handicraft("handicraft_bamboo", "竹工艺品", "bamboo-craft"),
    handicraft("furniture_bamboo", "竹家具", "bamboo-craft"),
    handicraft("homeware_bamboo", "竹家居用品", "bamboo-craft"),
    food("tea", "茶叶", "tea", years(10)),
    food("coffee", "咖啡", "coffee", years(2)),
    food("grain_rice", "粮食", "rice", years(2)),
    fresh("mushroom", "食用菌", "mushroom", years(2)),
    fresh("mushroom_wild", "野生菌", "mushroom", years(2)),
    fresh("vegetable", "蔬菜", "vegetable", years(1)),
    fresh("fruit", "水果", "fruit", years(1)),
    food("fruit_dried", "果干", "fruit", years(2)),
    food("nut_processed", "坚果", "nut", years(2)),
    food("spice", "香辛料", "spice", years(3)),
    food("honey", "蜂蜜", "honey", years(3)),
    fresh("livestock_pork", "猪肉", "meat", years(1)),
    fresh("livestock_yak", "牛羊肉", "meat", years(1)),
    food("meat_processed", "肉制品", "meat", years(2)),
    fresh("poultry", "禽蛋", "poultry", years(1)),
    fresh("aquatic", "水产品", "aquatic", years(2)),
    food("herb", "药食同源", "herb", years(3)),
    food("food_agri", "农特产组合", "basket", years(2)),
    handicraft("handicraft_embroidery", "刺绣", "embroidery"),
    handicraft("raw_silk", "蚕丝制品", "silk"),
    Category{.code = "tobacco", .name = "烟草", .picture = "basket", .food = false, .listable = false},
};

}  // namespace

std::span<const Category> categories() { return all; }

const Category* find_category(std::string_view code) {
    const auto found = std::ranges::find(all, code, &Category::code);
    return found == all.end() ? nullptr : &*found;
}

bool is_food(std::string_view category) {
    const auto* const known = find_category(category);
    return known == nullptr || known->food;
}

}  // namespace shanhai::catalog
