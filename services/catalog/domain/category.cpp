#include "catalog/domain/category.hpp"

#include <algorithm>
#include <array>

namespace shanhai::catalog {
namespace {

constexpr Category food(std::string_view code, std::string_view name, std::string_view picture) {
    return {.code = code, .name = name, .picture = picture};
}
constexpr Category fresh(std::string_view code, std::string_view name, std::string_view picture) {
    return {.code = code, .name = name, .picture = picture, .perishable = true};
}
constexpr Category handicraft(std::string_view code, std::string_view name, std::string_view picture) {
    return {.code = code, .name = name, .picture = picture, .food = false, .handmade = true};
}

constexpr std::array all{
    food("food_processed", "加工食品", "noodles"),
    fresh("food_bamboo_shoot", "笋制品", "bamboo-shoot"),
    handicraft("handicraft_bamboo", "竹工艺品", "bamboo-craft"),
    handicraft("furniture_bamboo", "竹家具", "bamboo-craft"),
    handicraft("homeware_bamboo", "竹家居用品", "bamboo-craft"),
    food("tea", "茶叶", "tea"),
    food("coffee", "咖啡", "coffee"),
    food("grain_rice", "粮食", "rice"),
    fresh("mushroom", "食用菌", "mushroom"),
    fresh("mushroom_wild", "野生菌", "mushroom"),
    fresh("vegetable", "蔬菜", "vegetable"),
    fresh("fruit", "水果", "fruit"),
    food("fruit_dried", "果干", "fruit"),
    food("nut_processed", "坚果", "nut"),
    food("spice", "香辛料", "spice"),
    food("honey", "蜂蜜", "honey"),
    fresh("livestock_pork", "猪肉", "meat"),
    fresh("livestock_yak", "牛羊肉", "meat"),
    food("meat_processed", "肉制品", "meat"),
    fresh("poultry", "禽蛋", "poultry"),
    fresh("aquatic", "水产品", "aquatic"),
    food("herb", "药食同源", "herb"),
    food("food_agri", "农特产组合", "basket"),
    handicraft("handicraft_embroidery", "刺绣", "embroidery"),
    handicraft("raw_silk", "蚕丝制品", "embroidery"),
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
