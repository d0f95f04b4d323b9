#pragma once

#include <span>
#include <string>
#include <string_view>

namespace shanhai::catalog {

/// A class of goods and the rules that hold for all of them.
struct Category {
    std::string_view code;          ///< "food_bamboo_shoot"
    std::string_view name;          ///< 笋制品
    std::string_view picture;       ///< Of a product without an image of its own.
    bool food = true;               ///< Needs a shelf life and storage advice.
    int shelf_life_days_max = 730;  ///< However it is packed, such food is not said to keep for longer.
    bool perishable = false;        ///< 鲜活易腐: may be exempt from the seven-day return.
    bool handmade = false;          ///< May be made to order, and is then exempt from it too.
    bool listable = true;           ///< Tobacco is a monopoly (烟草专卖法) and never is.

    /// The address of its picture.
    std::string image() const { return "/media/" + std::string{picture} + ".svg"; }
};

/// All of them, in the order in which a shop shows them.
std::span<const Category> categories();
/// Nothing for a code that is not in the list.
const Category* find_category(std::string_view code);
/// 食品: its lots expire (食品安全法 67). What nobody knows counts as food.
bool is_food(std::string_view category);

}  // namespace shanhai::catalog
